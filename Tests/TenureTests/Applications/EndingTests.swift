import Foundation
import Kernel
import Postgres
import Testing

@testable import tenure

/// What an application's end ends with it: interviews ahead are called off, open offers expire, each once.
@Suite struct EndingTests {
    private static let terms: JSON = ["baseSalary": ["amount": 5_000_000, "currency": "EUR"], "expiresAt": "2099-01-01T00:00:00Z"]

    /// An application with an interview ahead, one that is over, and an open offer.
    private struct Planned {
        let company: TestCompany
        let application: String
        let candidate: Person
        let interviewer: Person
        let ahead: String
        let over: String

        init(_ company: TestCompany, job: TestJob? = nil) async throws {
            self.company = company
            let chosen = if let job { job } else { try await company.job() }
            (application, candidate) = try await chosen.application(at: "offer")
            interviewer = try await company.member("hiringManager")
            let body: JSON = [
                "kind": "phone", "startsAt": "2099-01-05T09:00:00Z", "durationMinutes": 30, "interviewers": [.string(interviewer.id)],
            ]
            ahead = try await company.admin.post("/applications/\(application)/interviews", body).expect(201).id
            over = try await company.admin.post("/applications/\(application)/interviews", body).expect(201).id
            let tenant = company.tenant
            try await tenant.execute(
                "UPDATE interviews SET starts_at = created_at - interval '1 day' WHERE tenant_id = \(tenant.id) AND id = \(over)::uuid"
            )
            try await company.admin.post("/applications/\(application)/offers", EndingTests.terms).expect(201)
            // Who never heard of an interview doesn't hear that it is off.
            let expected = ahead
            try await eventually {
                try await tenant.count(
                    """
                    SELECT count(*)
                    FROM interview_guests
                    WHERE tenant_id = \(tenant.id) AND interview_id = \(expected)::uuid AND told IS NOT NULL
                    """
                ) == 2
            }
        }

        func outcomes() async throws -> [String: String] {
            let items = try await company.admin.get("/applications/\(application)/interviews").expect(200).items
            return Dictionary(
                items.map { ($0["id"]?.string ?? "", $0["outcome"]?.string ?? "") },
                uniquingKeysWith: { first, _ in first }
            )
        }

        func offers() async throws -> [String] {
            try await company.admin.get("/applications/\(application)/offers").expect(200).items.compactMap { $0["status"]?.string }
        }

        func events(_ name: String) async throws -> Int {
            try await company.admin.get("/applications/\(application)/history").expect(200).items.count { $0["event"]?.string == name }
        }

        /// Everything is ended, and each thing once.
        func expectEnded(_ comment: Comment? = nil) async throws {
            #expect(try await outcomes() == [ahead: "cancelled", over: "pending"], comment)
            #expect(try await offers() == ["expired"], comment)
            #expect(try await events("interview.changed") == 1, comment)
            #expect(try await events("offer.changed") == 1, comment)
        }
    }

    @Test(arguments: ["withdrawal", "rejection", "bulk move"])
    func `interviews ahead and open offers end with the application, and everybody is told`(_ end: String) async throws {
        let planned = try await Planned(try await TestTenant().company())
        let (company, application) = (planned.company, planned.application)
        switch end {
        case "withdrawal": try await planned.candidate.post("/applications/\(application)/withdraw").expect(200)
        case "rejection":
            try await company.admin.patch("/applications/\(application)/status", ["status": "rejected"]).expect(200)
        default:
            try await company.admin.post("/applications/bulk-status", ["ids": [.string(application)], "status": "rejected"]).expect(200)
        }
        try await planned.expectEnded("\(end)")
        let letterbox = company.tenant.server.letterbox
        for person in [planned.candidate, planned.interviewer] {
            try await eventually(within: .seconds(90)) {
                try await letterbox.mails(mentioning: person.email).contains { $0.contains("Subject: Canceled") }
            }
        }
    }

    @Test func `an application that is ended by a rule ends what was planned`() async throws {
        let shop = try await RuleShop()
        let planned = try await Planned(shop.job.company, job: shop.job)
        try await shop.publish(
            #"on("application.rated", function(event) event.application:move("rejected", { reason = "Rated low." }) end)"#
        )
        try await planned.company.admin.post("/applications/\(planned.application)/rate", ["rating": 1]).expect(200)
        try await eventually(within: .seconds(90)) { try await planned.events("interview.changed") > 0 }
        try await planned.expectEnded()
    }

    @Test func `what was called off stays so when the application is taken back and ended again`() async throws {
        let planned = try await Planned(try await TestTenant().company())
        let (admin, application) = (planned.company.admin, planned.application)
        for status in ["rejected", "interview", "rejected", "offer"] {
            try await admin.patch("/applications/\(application)/status", ["status": .string(status)]).expect(200)
        }
        try await planned.expectEnded()
        let again: JSON = ["kind": "video", "startsAt": "2099-02-05T09:00:00Z", "durationMinutes": 30]
        let second = try await admin.post("/applications/\(application)/interviews", again).expect(201).id
        try await admin.post("/applications/\(application)/offers", Self.terms).expect(201)
        try await planned.candidate.post("/applications/\(application)/withdraw").expect(200)
        #expect(try await planned.outcomes()[second] == "cancelled")
        #expect(try await planned.offers() == ["expired", "expired"])
        #expect(try await planned.events("interview.changed") == 2)
    }

    @Test func `an end from two sides at once, and an answer to the offer meanwhile, leave one end`() async throws {
        let planned = try await Planned(try await TestTenant().company())
        let (admin, candidate, application) = (planned.company.admin, planned.candidate, planned.application)
        let offer = try #require(try await candidate.get("/applications/\(application)/offers").items.first?["id"]?.string)
        async let withdrawn = candidate.post("/applications/\(application)/withdraw").status
        async let rejected = admin.patch("/applications/\(application)/status", ["status": "rejected"]).status
        async let moved = admin.patch("/interviews/\(planned.ahead)", ["durationMinutes": 45]).status
        async let accepted = candidate.patch("/offers/\(offer)", ["status": "negotiating", "message": "More?"]).status
        let ends = try await [withdrawn, rejected].sorted()
        #expect(ends == [200, 409])
        #expect(try await [200, 409].contains(moved))
        #expect(try await [200, 409].contains(accepted))
        #expect(try await planned.outcomes() == [planned.ahead: "cancelled", planned.over: "pending"])
        #expect(try await planned.offers() == ["expired"])
    }

    @Test func `a hire calls interviews ahead off, and leaves the offer to be answered`() async throws {
        let planned = try await Planned(try await TestTenant().company())
        let signed: JSON = ["status": "hired", "reason": "Signed on paper."]
        try await planned.company.admin.patch("/applications/\(planned.application)/status", signed).expect(200)
        #expect(try await planned.outcomes() == [planned.ahead: "cancelled", planned.over: "pending"])
        #expect(try await planned.offers() == ["pending"])
    }

    @Test func `a move within the pipeline calls nothing off`() async throws {
        let planned = try await Planned(try await TestTenant().company())
        let (admin, application) = (planned.company.admin, planned.application)
        for status in ["interview", "applied", "offer"] {
            try await admin.patch("/applications/\(application)/status", ["status": .string(status)]).expect(200)
        }
        #expect(try await planned.outcomes().values.allSatisfy { $0 == "pending" })
        #expect(try await planned.offers() == ["pending"])
    }

    @Test func `an interviewer who was deactivated keeps nobody from being told`() async throws {
        let planned = try await Planned(try await TestTenant().company())
        let tenant = planned.company.tenant
        try await tenant.execute(
            "UPDATE users SET status = 'deactivated' WHERE tenant_id = \(tenant.id) AND id = \(planned.interviewer.id)::uuid"
        )
        try await planned.company.admin.patch("/applications/\(planned.application)/status", ["status": "rejected"]).expect(200)
        try await planned.expectEnded()
        try await eventually(within: .seconds(90)) {
            try await tenant.server.letterbox.mails(mentioning: planned.candidate.email).contains { $0.contains("Subject: Canceled") }
        }
    }
}
