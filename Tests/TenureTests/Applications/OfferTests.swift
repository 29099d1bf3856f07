import Foundation
import Kernel
import Postgres
import Testing

/// An offer has two sides: terms by the employer, replies by the candidate, and a history that neither can change.
@Suite struct OfferTests {
    private let company: TestCompany
    private let candidate: Person
    private let application: String
    private let offer: String
    private var admin: Person { company.admin }

    init() async throws {
        company = try await TestTenant().company()
        (application, candidate) = try await company.job().application(at: "offer")
        let terms: JSON = [
            "baseSalary": ["amount": 9_000_000, "currency": "EUR"], "expiresAt": "2099-01-01T00:00:00Z", "benefits": "30 days of leave",
            "message": "90,000 a year, no bonus. The company.",
        ]
        offer = try await company.admin.post("/applications/\(application)/offers", terms).expect(201).id
    }

    private func change(_ person: Person, _ body: JSON) async throws -> Answer { try await person.patch("/offers/\(offer)", body) }

    @Test func `neither side writes over the other's words`() async throws {
        let reply: JSON = ["message": "90,000 a year and a car. The company."]
        let replied = try await change(candidate, reply).expect(200)
        #expect(replied.data["message"] == "90,000 a year, no bonus. The company.")
        #expect(replied.data["reply"] == "90,000 a year and a car. The company.")
        try await change(candidate, ["status": "accepted"]).expect(200)
        let kept = try await admin.get("/applications/\(application)/offers").items.first
        #expect(kept?["message"] == "90,000 a year, no bonus. The company.")
        #expect(kept?["status"] == "accepted")
        for terms: JSON in [
            ["baseSalary": ["amount": 1, "currency": "EUR"]], ["bonus": 1], ["equity": "1 %"], ["benefits": "A car"], ["bonus": .null],
            ["startsOn": "2099-01-01"], ["expiresAt": "2099-02-01T00:00:00Z"],
        ] {
            #expect(try await change(candidate, terms).status == 403, "\(terms.text)")
        }
        let history = try await admin.get("/applications/\(application)/history").expect(200)
        #expect(history.json.text.contains("no bonus") && history.json.text.contains("and a car"))
    }

    @Test func `the history says who said what, and each side reads it`() async throws {
        try await change(candidate, ["status": "negotiating", "message": "And a car?"]).expect(200)
        try await change(admin, ["benefits": "A car", "message": "Here it is."]).expect(200)
        try await change(candidate, ["status": "accepted", "version": 3]).expect(200)
        for (person, names) in [(admin, ["Grace Tester", "Ada Tester", "Grace Tester", "Ada Tester"]), (candidate, [])] {
            let seen = try await person.get("/offers/\(offer)").expect(200)
            #expect(seen.data["acceptedVersion"] == 3)
            let history = seen.data["history"]?.items ?? []
            #expect(history.map { $0["side"] } == ["employer", "candidate", "employer", "candidate"])
            #expect(history.map { $0["offer"]?["status"] } == ["pending", "negotiating", "pending", "accepted"])
            #expect(history.map { $0["offer"]?["version"] } == [1, 2, 3, 4])
            #expect(history.map { $0["offer"]?["benefits"] }.prefix(3) == ["30 days of leave", "30 days of leave", "A car"])
            #expect(history.first?["offer"]?["message"] == "90,000 a year, no bonus. The company.")
            #expect(history.last?["offer"]?["message"] == "Here it is.")
            #expect(history.dropFirst().first?["offer"]?["reply"] == "And a car?")
            #expect(history.compactMap { $0["authorName"]?.string } == names)
        }
    }

    @Test func `an offer is its candidate's and its company's to see`() async throws {
        let rival = try await company.tenant.company("Southwind")
        for person in [try await company.tenant.candidate("Eve"), rival.admin, try await company.tenant.employer()] {
            #expect(try await person.get("/offers/\(offer)").code == "OFFER_NOT_FOUND")
        }
        for person in [try await company.recruiter(), try await company.member("hiringManager")] {
            try await person.get("/offers/\(offer)").expect(200)
        }
    }

    @Test func `terms that changed after the candidate looked aren't accepted`() async throws {
        let seen = try await candidate.get("/offers/\(offer)").expect(200)
        try await change(admin, ["baseSalary": ["amount": 100, "currency": "EUR"]]).expect(200)
        let version = try #require(seen.data["version"])
        let refused = try await change(candidate, ["status": "accepted", "version": version]).expect(409)
        #expect(refused.code == "OFFER_CHANGED" && refused.details["version"] != nil)
        #expect(try await change(candidate, ["status": "accepted"]).code == "OFFER_CHANGED")
        #expect(try await change(candidate, ["status": "declined", "version": version]).code == "OFFER_CHANGED")
        let old = try await candidate.patch("/offers/\(offer)", ["status": "accepted"], headers: ["If-Match": "\"1\""])
        #expect(old.status == 412)
        #expect(try await change(candidate, ["status": "accepted", "version": 9]).code == "OFFER_CHANGED")
        let accepted = try await change(candidate, ["status": "accepted", "version": 2]).expect(200)
        #expect(accepted.data["acceptedVersion"] == 2)
    }

    @Test func `the header names the accepted version as well`() async throws {
        try await change(admin, ["bonus": 100_000]).expect(200)
        let etag = try #require(try await candidate.get("/offers/\(offer)").headers["etag"])
        let accepted = try await candidate.patch("/offers/\(offer)", ["status": "accepted"], headers: ["If-Match": etag]).expect(200)
        #expect(accepted.data["acceptedVersion"] == 2)
    }

    @Test func `a candidate's own reply takes nothing from what they saw`() async throws {
        try await change(admin, ["message": "Our last word."]).expect(200)
        try await change(candidate, ["message": "I am thinking."]).expect(200)
        try await change(candidate, ["message": "Still thinking."]).expect(200)
        try await change(candidate, ["status": "accepted", "version": 2]).expect(200)
    }

    @Test func `what changes nothing leaves the version alone, and the candidate's look valid`() async throws {
        for body: JSON in [[:], ["benefits": "30 days of leave"], ["baseSalary": ["amount": 9_000_000, "currency": "EUR"]]] {
            #expect(try await change(admin, body).expect(200).data["version"] == 1, "\(body.text)")
        }
        #expect(try await change(candidate, [:]).expect(200).data["version"] == 1)
        let events = try await admin.get("/applications/\(application)/history").items.compactMap { $0["event"]?.string }
        #expect(!events.contains("offer.changed"))
        try await change(candidate, ["status": "accepted", "version": 1]).expect(200)
    }

    @Test func `of new terms and an acceptance at once, what stands was accepted`() async throws {
        async let raised = change(admin, ["baseSalary": ["amount": 1, "currency": "EUR"]])
        async let accepted = change(candidate, ["status": "accepted", "version": 1])
        let statuses = try await [raised.status, accepted.status]
        #expect(statuses.sorted() == [200, 409])
        let offer = try await candidate.get("/offers/\(offer)").expect(200)
        let amount: JSON = statuses[1] == 200 ? 9_000_000 : 1
        #expect(offer.data["baseSalary"]?["amount"] == amount)
        #expect(offer.data["status"] == (statuses[1] == 200 ? "accepted" : "pending"))
    }

    @Test func `the employer can set and take back every term`() async throws {
        let changed = try await change(admin, ["bonus": 5, "equity": "1 %", "startsOn": "2099-03-01"]).expect(200)
        #expect(changed.data["bonus"] == 5 && changed.data["equity"] == "1 %" && changed.data["startsOn"] == "2099-03-01")
        for (given, kept) in [("2099-04-01T23:00:00Z", "2099-04-01"), ("2099-04-30T23:30:00-02:00", "2099-05-01")] {
            #expect(try await change(admin, ["startsOn": .string(given)]).expect(200).data["startsOn"]?.string == kept)
        }
        for wrong: JSON in ["2099-02-30", "soon", "2099-04", 5] {
            #expect(try await change(admin, ["startsOn": wrong]).expect(400).details["startsOn"] != nil, "\(wrong.text)")
        }
        let emptied = try await change(admin, ["bonus": .null, "equity": .null, "benefits": .null, "startsOn": .null]).expect(200)
        for term in ["bonus", "equity", "benefits", "startsOn"] { #expect(emptied.data[term] == nil, "\(term)") }
    }

    @Test(arguments: ["none", "declined", "expired", "pending"])
    func `nobody is hired without an accepted offer, unless somebody says why`(_ state: String) async throws {
        switch state {
        case "declined": try await change(candidate, ["status": "declined"]).expect(200)
        case "expired": try await change(admin, ["status": "expired"]).expect(200)
        case "none": try await company.tenant.execute("DELETE FROM offers WHERE tenant_id = \(company.tenant.id)")
        default: break
        }
        let path = "/applications/\(application)/status"
        let refused = try await admin.patch(path, ["status": "hired"]).expect(409)
        #expect(refused.code == "OFFER_NOT_ACCEPTED" && refused.details["reason"] != nil)
        let bulk: JSON = ["ids": [.string(application)], "status": "hired"]
        let results = try await admin.post("/applications/bulk-status", bulk).expect(200).items
        #expect(results.first?["error"]?["code"] == "OFFER_NOT_ACCEPTED")
        try await admin.patch(path, ["status": "hired", "reason": "Signed on paper."]).expect(200)
    }

    @Test func `an accepted offer is reason enough to hire`() async throws {
        try await change(candidate, ["status": "accepted"]).expect(200)
        let bulk: JSON = ["ids": [.string(application)], "status": "hired"]
        let results = try await admin.post("/applications/bulk-status", bulk).expect(200).items
        #expect(results.first?["moved"] == true)
    }

    @Test func `an offer ends when its time is over, and both sides see that it did`() async throws {
        let tenant = company.tenant
        try await tenant.execute("UPDATE offers SET expires_at = created_at WHERE tenant_id = \(tenant.id)")
        try await tenant.execute("UPDATE work SET run_at = now() WHERE tenant_id = \(tenant.id) AND name = 'applications.expireOffer'")
        try await eventually(within: .seconds(90)) { try await candidate.get("/offers/\(offer)").data["status"] == "expired" }
        let seen = try await candidate.get("/offers/\(offer)").expect(200)
        #expect(seen.data["history"]?.items.last?["side"] == "system")
        #expect(seen.data["history"]?.items.last?["offer"]?["status"] == "expired")
    }

    @Test func `an offer whose time is over stands in the way of no other`() async throws {
        let tenant = company.tenant
        try await tenant.execute("DELETE FROM work WHERE tenant_id = \(tenant.id) AND name = 'applications.expireOffer'")
        let terms: JSON = ["baseSalary": ["amount": 1, "currency": "EUR"], "expiresAt": "2099-01-01T00:00:00Z"]
        #expect(try await admin.post("/applications/\(application)/offers", terms).code == "OFFER_OPEN")
        try await tenant.execute("UPDATE offers SET expires_at = created_at WHERE tenant_id = \(tenant.id)")
        try await admin.post("/applications/\(application)/offers", terms).expect(201)
        let offers = try await candidate.get("/applications/\(application)/offers").items
        #expect(offers.map { $0["status"] } == ["expired", "pending"])
    }
}
