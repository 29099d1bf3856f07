import Foundation
import Kernel
import Postgres
import Testing

/// Who is told what of an interview, by mail.
@Suite struct InterviewMailTests {
    @Test func `each guest gets a letter of their own, greeted by name, with what is theirs`() async throws {
        let scene = try await InterviewScene()
        let (hugo, grace) = (try await scene.company.member("hiringManager"), try await scene.company.member("recruiter"))
        try await hugo.patch("/users/me", ["firstName": "Hugo", "lastName": "Berg"]).expect(200)
        try await grace.patch("/users/me", ["firstName": "Grace", "lastName": "Hopper"]).expect(200)
        try await scene.recruiter.patch("/users/me", ["firstName": "Rita", "lastName": "Ray"]).expect(200)
        try await scene.candidate.patch("/users/me", ["firstName": "Priya", "lastName": "Raman"]).expect(200)
        let interview = try await scene.schedule(
            [hugo, grace],
            ["message": "Bring a laptop.", "location": "Front desk", "meetingURL": "https://meet.example/7"]
        ).expect(201)
        let candidates = try await scene.mails(to: scene.candidate, about: interview)[0]
        let hugos = try await scene.mails(to: hugo, about: interview)[0]

        for part in [
            "Hello Priya Raman,", "Front desk", "https://meet.example/7", "Hugo Berg, Grace Hopper", "How to prepare", "Bring a laptop.",
        ] {
            #expect(candidates.text.contains(part), "\(part)\n\(candidates.text)")
        }
        for address in [hugo.email, grace.email] { #expect(!candidates.text.contains(address) && !candidates.calendar.contains(address)) }
        for part in ["Hello Hugo Berg,", "Ada Tester", "Backend engineer", "Front desk", "Together with: Grace Hopper"] {
            #expect(hugos.text.contains(part), "\(part)\n\(hugos.text)")
        }
        for mail in [candidates, hugos] {
            #expect(mail.text.contains("Content-Type: text/html"))
            #expect(mail.text.contains("Reply-To: \"Rita Ray\" <\(scene.recruiter.email)>"), "\(mail.text)")
            #expect(
                mail.lines("ORGANIZER")[0].hasPrefix("ORGANIZER;CN=\"Rita Ray\":mailto:i-")
                    && mail.organizer.hasSuffix("@reply.example.com")
            )
            #expect(mail.method == "REQUEST")
        }
        #expect(candidates.lines("ATTENDEE").count == 1 && candidates.lines("ATTENDEE")[0].hasSuffix("mailto:\(scene.candidate.email)"))
        #expect(hugos.lines("ATTENDEE").count == 1 && hugos.lines("ATTENDEE")[0].hasSuffix("mailto:\(hugo.email)"))
        #expect(try await scene.sent(to: scene.recruiter, about: interview).isEmpty)
    }

    @Test func `no guest is the organizer of their own invitation`() async throws {
        let scene = try await InterviewScene()
        let alone = try await scene.schedule().expect(201)
        let own = try await scene.schedule([scene.recruiter], ["startsAt": .string(InterviewScene.day(8))]).expect(201)
        let mail = try await scene.mails(to: scene.candidate, about: alone)[0]
        #expect(mail.lines("ORGANIZER")[0].hasPrefix("ORGANIZER;CN=\"Grace Tester\":mailto:i-"))
        for guest in [scene.candidate, scene.recruiter] {
            let mail = try await scene.mails(to: guest, about: own)[0]
            let organizer = try #require(mail.lines("ORGANIZER").first)
            #expect(organizer.contains("CN=\"Northwind Logistics\""))
            for person in [scene.candidate, scene.recruiter] { #expect(!organizer.contains(person.email), "\(organizer)") }
        }
    }

    @Test func `a rule's interview is organized by the company, and somebody of it reads the answers`() async throws {
        let shop = try await RuleShop()
        try await shop.publish(
            """
            on("application.rated", function(event)
              event.application:scheduleInterview("video", "\(InterviewScene.day(6))", { durationMinutes = 30 })
            end)
            """
        )
        let (application, candidate) = try await shop.job.application(at: "interview")
        try await shop.recruiter.post("/applications/\(application)/rate", ["rating": 5]).expect(200)
        var found: Letterbox.Mail?
        try await eventually(within: .seconds(90)) {
            found = try await shop.tenant.server.letterbox.all(to: candidate.email).first { !$0.calendar.isEmpty }
            return found != nil
        }
        let mail = try #require(found)
        #expect(!mail.lines("ORGANIZER")[0].contains(candidate.email) && mail.lines("ORGANIZER")[0].contains("Northwind Logistics"))
        let people = [shop.recruiter.email, shop.job.company.admin.email]
        #expect(people.contains { mail.text.contains("<\($0)>") }, "\(mail.text)")
    }

    @Test(arguments: [
        ("en-US", "America/New_York", ["Monday, January 5, 2099", "4:00 AM", "Eastern Standard Time", "America/New_York"]),
        ("en-GB", "Europe/London", ["Monday, 5 January 2099", "09:00", "Greenwich Mean Time"]),
        ("de-AT", "Europe/Vienna", ["Montag, 5. Jänner 2099", "10:00", "Mitteleuropäische Normalzeit"]),
        ("fr-FR", "Asia/Tokyo", ["lundi 5 janvier 2099", "18:00", "Asia/Tokyo"]),
    ])
    func `times are in the reader's words and zone`(locale: String, zone: String, parts: [String]) async throws {
        let scene = try await InterviewScene()
        try await scene.candidate.patch("/users/me", ["timeZone": .string(zone), "locale": .string(locale)]).expect(200)
        let interview = try await scene.schedule([], ["startsAt": "2099-01-05T09:00:00Z"]).expect(201)
        let mail = try await scene.mails(to: scene.candidate, about: interview)[0]
        for part in parts { #expect(mail.text.contains(part), "\(part)\n\(mail.text)") }
        #expect(!mail.text.contains("2099-01-05T"))
        #expect(mail.lines("DTSTART") == ["DTSTART:20990105T090000Z"])
    }

    @Test func `each reader has their own language and time, and one who says nothing has UTC`() async throws {
        let scene = try await InterviewScene()
        let hugo = try await scene.company.member("hiringManager")
        try await hugo.patch("/users/me", ["timeZone": "Europe/Berlin", "locale": "de-DE"]).expect(200)
        let interview = try await scene.schedule([hugo], ["startsAt": "2099-07-06T09:00:00Z"]).expect(201)
        let german = try await scene.mails(to: hugo, about: interview)[0]
        #expect(german.text.contains("Wann: Montag, 6. Juli 2099 um 11:00 Mitteleuropäische Sommerzeit (Europe/Berlin)"), "\(german.text)")
        #expect(german.lines("SUMMARY") == ["SUMMARY:Fachgespräch: Backend engineer bei Northwind Logistics"])
        let english = try await scene.mails(to: scene.candidate, about: interview)[0]
        #expect(english.text.contains("When: Monday, July 6, 2099 at 9:00 AM (UTC)"), "\(english.text)")
    }

    @Test func `the entry keeps its name through changes and the cancellation, which only the subject tells`() async throws {
        let scene = try await InterviewScene()
        let interview = try await scene.schedule().expect(201)
        _ = try await scene.mails(to: scene.candidate, about: interview)
        try await scene.change(interview, ["startsAt": .string(InterviewScene.day(6))]).expect(200)
        _ = try await scene.mails(to: scene.candidate, about: interview, count: 2)
        try await scene.change(interview, ["outcome": "cancelled"]).expect(200)
        let mails = try await scene.mails(to: scene.candidate, about: interview, count: 3)
        let summary = "SUMMARY:Technical interview: Backend engineer at Northwind Logistics"
        #expect(mails.map { $0.lines("SUMMARY") } == [[summary], [summary], [summary]])
        #expect(mails.map { $0.lines("SEQUENCE") } == [["SEQUENCE:0"], ["SEQUENCE:1"], ["SEQUENCE:2"]])
        #expect(mails.map(\.method) == ["REQUEST", "REQUEST", "CANCEL"])
        #expect(Set(mails.flatMap { $0.lines("UID") }).count == 1)
        #expect(mails.map { $0.text.contains("Subject: Changed: ") } == [false, true, false])
        #expect(mails.map { $0.text.contains("Subject: Canceled: ") } == [false, false, true])
    }

    @Test func `what changes nothing for the guests mails nobody, and leaves what waits alone`() async throws {
        let shop = try await RuleShop()
        let scene = try await InterviewScene(shop.job.company)
        try await shop.publish(
            """
            before("invitation.sending", function(event)
              event.sendAt = time.format(time.parse(event.sendAt) + 3600)
            end)
            """
        )
        let interview = try await scene.schedule().expect(201)
        for change in [["feedback": "Portfolio read."], ["outcome": "pending"], ["startsAt": .string(InterviewScene.day(5))], [:]] as [JSON]
        {
            try await scene.change(interview, change).expect(200)
        }
        #expect(try await scene.sent(to: scene.candidate, about: interview).isEmpty)
        try await scene.tenant.execute(
            "UPDATE work SET run_at = now() WHERE tenant_id = \(scene.tenant.id) AND name = 'applications.sendInvitation'"
        )
        _ = try await scene.mails(to: scene.candidate, about: interview)
        try await scene.change(interview, ["feedback": "Still read."]).expect(200)
        try await scene.settle()
        #expect(try await scene.sent(to: scene.candidate, about: interview).count == 1)
    }

    @Test func `of two changes that a rule holds back the last goes out, and the first not without it`() async throws {
        let shop = try await RuleShop()
        let scene = try await InterviewScene(shop.job.company)
        try await shop.publish(
            """
            before("invitation.sending", function(event)
              event.sendAt = time.format(time.parse(event.sendAt) + 3600)
            end)
            """
        )
        let interview = try await scene.schedule().expect(201)
        try await scene.change(interview, ["startsAt": .string(InterviewScene.day(7))]).expect(200)
        let tenant = scene.tenant.id
        // Only the first is due now.
        try await scene.tenant.execute(
            """
            UPDATE work SET run_at = now() WHERE tenant_id = \(tenant) AND name = 'applications.sendInvitation' AND payload ->> 'version' = '1'
            """
        )
        try await scene.settle()
        #expect(try await scene.sent(to: scene.candidate, about: interview).isEmpty)
        try await scene.tenant.execute(
            "UPDATE work SET run_at = now() WHERE tenant_id = \(tenant) AND name = 'applications.sendInvitation'"
        )
        let mail = try await scene.mails(to: scene.candidate, about: interview)[0]
        #expect(!mail.text.contains("Subject: Changed") && mail.method == "REQUEST")
    }

    @Test func `who never heard of an interview doesn't hear that it is off`() async throws {
        let shop = try await RuleShop()
        let scene = try await InterviewScene(shop.job.company)
        let (hugo, grace) = (try await scene.company.member("hiringManager"), try await scene.company.member("hiringManager"))
        try await shop.publish(
            """
            before("invitation.sending", function(event)
              event.sendAt = time.format(time.parse(event.sendAt) + 3600)
            end)
            """
        )
        let off = try await scene.schedule([hugo]).expect(201)
        try await scene.change(off, ["outcome": "cancelled"]).expect(200)
        let replaced = try await scene.schedule([hugo], ["startsAt": .string(InterviewScene.day(7))]).expect(201)
        try await scene.change(replaced, ["interviewers": [.string(grace.id)]]).expect(200)
        try await scene.tenant.execute(
            "UPDATE work SET run_at = now() WHERE tenant_id = \(scene.tenant.id) AND name = 'applications.sendInvitation'"
        )
        _ = try await scene.mails(to: grace, about: replaced)
        try await scene.settle()
        for person in [hugo, scene.candidate] { #expect(try await scene.sent(to: person, about: off).isEmpty) }
        #expect(try await scene.sent(to: hugo, about: replaced).isEmpty)
        #expect(try await scene.sent(to: scene.candidate, about: replaced).count == 1)
    }

    @Test func `interviews noted right after they were scheduled are invited to all the same`() async throws {
        let scene = try await InterviewScene()
        for day in 20..<25 {
            let interview = try await scene.schedule([], ["startsAt": .string(InterviewScene.day(day))]).expect(201)
            try await scene.change(interview, ["feedback": "note"]).expect(200)
            _ = try await scene.mails(to: scene.candidate, about: interview)
        }
    }

    @Test func `who left the company or was deactivated gets no mail, and the others get theirs`() async throws {
        let scene = try await InterviewScene()
        let company = scene.company
        let (stays, leaves, deactivated) = (
            try await company.member("hiringManager"), try await company.member("hiringManager"), try await company.member("hiringManager")
        )
        let interview = try await scene.schedule([stays, leaves, deactivated]).expect(201)
        for guest in [stays, leaves, deactivated] { _ = try await scene.mails(to: guest, about: interview) }
        try await company.admin.patch("/companies/\(company.id)/users/\(leaves.id)", ["status": "deactivated"]).expect(200)
        try await scene.tenant.execute(
            "UPDATE users SET status = 'deactivated' WHERE tenant_id = \(scene.tenant.id) AND id = \(deactivated.id)::uuid"
        )
        try await scene.change(interview, ["startsAt": .string(InterviewScene.day(6))]).expect(200)
        let mails = try await scene.mails(to: stays, about: interview, count: 2)
        #expect(!mails[1].text.contains(leaves.email))
        _ = try await scene.mails(to: scene.candidate, about: interview, count: 2)
        try await scene.settle()
        for gone in [leaves, deactivated] { #expect(try await scene.sent(to: gone, about: interview).count == 1) }
    }

    @Test func `a candidate who is gone keeps nobody from hearing that it is off`() async throws {
        let scene = try await InterviewScene()
        let hugo = try await scene.company.member("hiringManager")
        let interview = try await scene.schedule([hugo]).expect(201)
        for guest in [scene.candidate, hugo] { _ = try await scene.mails(to: guest, about: interview) }
        try await scene.tenant.execute(
            "UPDATE users SET status = 'deactivated' WHERE tenant_id = \(scene.tenant.id) AND id = \(scene.candidate.id)::uuid"
        )
        try await scene.change(interview, ["outcome": "cancelled"]).expect(200)
        let mails = try await scene.mails(to: hugo, about: interview, count: 2)
        #expect(mails[1].method == "CANCEL")
        try await scene.settle()
        #expect(try await scene.sent(to: scene.candidate, about: interview).count == 1)
    }

    @Test func `interviewers are replaced: who is out is told that it is off, who is in is invited`() async throws {
        let scene = try await InterviewScene()
        let (out, new) = (try await scene.company.member("hiringManager"), try await scene.company.member("hiringManager"))
        let interview = try await scene.schedule([out]).expect(201)
        _ = try await scene.mails(to: out, about: interview)
        try await scene.change(interview, ["interviewers": [.string(new.id)]]).expect(200)
        let outs = try await scene.mails(to: out, about: interview, count: 2)
        #expect(outs[1].method == "CANCEL" && outs[1].lines("SEQUENCE") == ["SEQUENCE:1"])
        let news = try await scene.mails(to: new, about: interview)
        #expect(news[0].method == "REQUEST" && !news[0].text.contains("Subject: Changed"))
        try await scene.change(interview, ["interviewers": [.string(out.id), .string(new.id)]]).expect(200)
        #expect(try await scene.mails(to: out, about: interview, count: 3)[2].method == "REQUEST")
        let stranger = try await scene.tenant.employer()
        let refused = try await scene.change(interview, ["interviewers": [.string(stranger.id)]]).expect(400)
        #expect(refused.details["interviewers"] != nil)
    }

    @Test func `reminders come a day and an hour before, to those who want them`() async throws {
        let scene = try await InterviewScene()
        let hugo = try await scene.company.member("hiringManager")
        try await hugo.put("/notifications/preferences", ["preferences": [["kind": "reminder", "inApp": true, "email": false]]]).expect(200)
        let interview = try await scene.schedule([hugo]).expect(201)
        _ = try await scene.mails(to: scene.candidate, about: interview)
        _ = try await scene.mails(to: hugo, about: interview)
        let tenant = scene.tenant.id
        let waiting: SQL = "SELECT count(*) FROM work WHERE tenant_id = \(tenant) AND name = 'applications.remindOfInterview'"
        #expect(try await scene.tenant.count(waiting) == 2)
        try await scene.tenant.execute(
            """
            UPDATE work SET run_at = now()
            WHERE tenant_id = \(tenant) AND name = 'applications.remindOfInterview' AND payload ->> 'occasion' = 'dayAhead'
            """
        )
        let mails = try await scene.mails(to: scene.candidate, about: interview, count: 2)
        #expect(mails[1].text.contains("Subject: Tomorrow: Technical interview") && mails[1].calendar.isEmpty)
        try await scene.settle()
        #expect(try await scene.sent(to: hugo, about: interview).count == 1)
        let seen = try await hugo.get("/notifications").expect(200)
        #expect(seen.items.contains { $0["kind"] == "reminder" })
        // It is moved: what waits for the former time says nothing.
        try await scene.change(interview, ["startsAt": .string(InterviewScene.day(9))]).expect(200)
        _ = try await scene.mails(to: scene.candidate, about: interview, count: 3)
        try await scene.tenant.execute(
            """
            UPDATE work SET run_at = now()
            WHERE tenant_id = \(tenant) AND name = 'applications.remindOfInterview' AND payload ->> 'startsAt' LIKE \(InterviewScene.day(5).prefix(10) + "%")
            """
        )
        try await eventually(within: .seconds(90)) { try await scene.tenant.count(waiting) == 2 }
        #expect(try await scene.sent(to: scene.candidate, about: interview).count == 3)
    }
}
