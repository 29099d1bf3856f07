import Foundation
import Kernel
import Postgres
import Testing

@testable import tenure

/// What rules can look up and do besides moving an application: lists, interviews, offers, the time of an invitation.
@Suite struct RuleVocabularyTests {
    private static let inAWeek = JSON.string(Timestamp.text(Date().addingTimeInterval(7 * 86400)))

    @Test func `lists answer with plain elements that have their methods`() async throws {
        let shop = try await RuleShop()
        let script = try await shop.publish(
            """
            on("application.status_changed", function(event)
              local waiting = applications { jobId = event.application.job.id, isOpen = true, sort = "waiting" }
              for _, app in ipairs(waiting) do app:tag("seen") end
              log(#waiting, #applications { category = "rejected" }, #applications { tag = "nobody" })
              log(#jobs { status = "published" }, #jobs { department = "nowhere" }, jobs()[1].title == event.application.job.title)
            end)
            """
        )
        let first = try await shop.job.application().id
        let second = try await shop.job.application().id
        try await shop.recruiter.patch("/applications/\(first)/status", ["status": "rejected"]).expect(200)
        try await eventually { try await shop.outcomes(of: script) == ["completed"] }
        #expect(try await shop.seen(second)["tags"] == ["seen"])
        #expect(try await shop.seen(first)["tags"] == [])
        let run = try #require(try await shop.admin.get("/admin/scripts/\(script.id)/runs").expect(200).items.first)
        #expect(run["log"] == ["1 1 0", "1 0 true"])
    }

    @Test func `applications are found by candidate, name, score, tag and time`() async throws {
        let shop = try await RuleShop()
        let (application, candidate) = try await shop.job.application()
        _ = try await shop.job.application()
        try await shop.recruiter.post("/applications/\(application)/tags", ["tag": "silver"]).expect(200)
        let name = try await shop.recruiter.get("/applications?tag=silver").expect(200).items.first?["candidateName"]?.string ?? ""
        #expect(name == "Ada Tester")
        let now = Timestamp.text(Date().addingTimeInterval(60))
        for (filter, count) in [
            ("tag=silver", 1), ("candidateId=\(candidate.id)", 1), ("candidateName=ada%20tester", 2), ("minScore=100", 0),
            ("isOpen=true", 2),
            ("isOpen=false", 0), ("category=applied", 2), ("movedBefore=\(now)", 2), ("movedAfter=\(now)", 0), ("appliedAfter=\(now)", 0),
            ("department=none", 0), ("withoutTag=silver", 1), ("withoutTag=gold", 2), ("companyId=\(shop.job.company.id)", 2),
            ("companyId=\(application)", 0),
        ] {
            #expect(try await shop.recruiter.get("/applications?\(filter)").expect(200).items.count == count, "\(filter)")
        }
        // Tags are only for the employer.
        #expect(try await candidate.get("/applications?tag=silver").expect(200).items.isEmpty)
        #expect(try await candidate.get("/applications?withoutTag=gold").expect(200).items.isEmpty)
    }

    @Test func `the invitation to an interview goes out when a rule says, and never after the interview begins`() async throws {
        let shop = try await RuleShop()
        try await shop.publish(
            """
            before("invitation.sending", function(event)
              local days = event.interview.kind == "phone" and 2 or 99
              event.sendAt = time.format(time.parse(event.sendAt) + days * 24 * 3600)
            end)
            """
        )
        let application = try await shop.job.application().id
        for (kind, hours) in [("phone", 48), ("video", 168)] {
            let interview = ["kind": .string(kind), "startsAt": Self.inAWeek, "durationMinutes": 30] as JSON
            try await shop.recruiter.post("/applications/\(application)/interviews", interview).expect(201)
            let waits = try await shop.tenant.count(
                """
                SELECT count(*) FROM work
                WHERE tenant_id = \(shop.tenant.id) AND name = 'applications.sendInvitation'
                  AND abs(extract(epoch FROM run_at - now()) / 3600 - \(hours)::int) < 1
                """
            )
            #expect(waits == 1, "\(kind)")
        }
    }

    @Test func `a rule schedules an interview, looks for missing scorecards, and calls it off`() async throws {
        let shop = try await RuleShop()
        let script = try await shop.publish(
            """
            on("application.submitted", function(event)
              event.application:scheduleInterview("phone", time.format(time.now() + 3600), {
                durationMinutes = 30, interviewers = { "\(shop.recruiter.id)" },
              })
            end)
            on("interview.scheduled", function(event)
              for _, interview in ipairs(interviews { applicationId = event.application.id, lacksScorecards = true }) do
                log(interview.kind, #interview.awaited, interview.candidateName)
                interview:change { outcome = "cancelled" }
              end
            end)
            """
        )
        let application = try await shop.job.application().id
        try await eventually { try await shop.outcomes(of: script) == ["completed", "completed"] }
        let interviews = try await shop.recruiter.get("/interviews?applicationId=\(application)").expect(200).items
        #expect(interviews.compactMap { $0["outcome"]?.string } == ["cancelled"])
        #expect(interviews.first?["awaited"] == [.string(shop.recruiter.id)])
        #expect(try await shop.recruiter.get("/interviews?endedBefore=\(Timestamp.text(Date()))").expect(200).items.isEmpty)
        let runs = try await shop.admin.get("/admin/scripts/\(script.id)/runs").expect(200).items
        #expect(runs.contains { $0["log"] == ["phone 1 Ada Tester"] })
    }

    @Test func `a rule makes an offer when an application reaches that stage`() async throws {
        let shop = try await RuleShop()
        let script = try await shop.publish(
            """
            on("application.status_changed", function(event)
              if event.category ~= "offer" then return end
              event.application:makeOffer {
                baseSalary = { amount = 6000000, currency = "EUR" }, expiresAt = time.format(time.now() + 7 * 24 * 3600),
              }
            end)
            before("offer.making", function(event)
              if event.offer.baseSalary > 6500000 then reject("Too much.") end
            end)
            """
        )
        let application = try await shop.job.application().id
        try await shop.recruiter.patch("/applications/\(application)/status", ["status": "offer"]).expect(200)
        try await eventually { try await shop.outcomes(of: script) == ["completed", "completed"] }
        let offers = try await shop.recruiter.get("/applications/\(application)/offers").expect(200).items
        #expect(offers.first?["baseSalary"]?["amount"]?.int == 6_000_000)
    }

    @Test func `a move tells the category asked for, and an application where it came from`() async throws {
        let shop = try await RuleShop()
        try await shop.publish(
            """
            before("application.status_changing", function(event)
              reject(event.category .. " " .. tostring(event.application.source))
            end)
            """
        )
        let candidate = try await shop.tenant.candidate()
        let application = try await candidate.post("/jobs/\(shop.job.id)/apply", ["source": "referral"]).expect(201).id
        let refused = try await shop.recruiter.patch("/applications/\(application)/status", ["status": "screening"]).expect(422)
        #expect(refused.message == "screening referral")
    }
}
