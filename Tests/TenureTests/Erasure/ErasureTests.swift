import Foundation
import Identity
import Kernel
import Postgres
import Testing

@testable import Worker
@testable import tenure

@Suite struct ErasureTests {
    @Test func `nothing of an erased candidate is left, others lose nothing, and the receipt says what the preview counted`() async throws {
        let scene = try await ErasureScene()
        let tenant = scene.tenant
        let before = try await scene.othersView()
        #expect(try await scene.traces().count > 10)
        let file = try await scene.resumeFile()
        #expect(FileManager.default.fileExists(atPath: file))
        let preview = try await scene.admin.get("/admin/users/\(scene.person.id)/erasure").expect(200)
        let receipt = try await scene.erase()
        #expect(receipt.data["places"] == preview.data["places"])
        #expect(receipt.data["places"]?.items.contains { $0["place"] == "files" && $0["count"] == 2 } == true)
        #expect(receipt.data["status"] == "completed")
        #expect(try await scene.traces() == [])
        #expect(!FileManager.default.fileExists(atPath: file))
        #expect(try await scene.othersView() == before)
        let chain = try await Sequencer(door: tenant.server.composition.door).verify(tenant.id)
        #expect(chain.firstBroken == nil && chain.erased > 5 && chain.unsealed == 0)
        try await scene.admin.get("/admin/users/\(scene.person.id)/erasure").expect(404)
        #expect(try await scene.admin.post("/admin/users/\(scene.person.id)/erasure").status == 404)
    }

    @Test func `what an erased candidate had going on ends with its events`() async throws {
        let scene = try await ErasureScene()
        _ = try await scene.erase()
        #expect(try await scene.person.get("/users/me").status == 401)
        let application = try await scene.recruiter.get("/applications/\(scene.application)").expect(200)
        #expect(application.data["category"] == "withdrawn")
        #expect(application.data["applicant"]?["name"] == "[erased]")
        let interviews = try await scene.recruiter.get("/applications/\(scene.application)/interviews").expect(200)
        #expect(interviews.items.first?["outcome"] == "cancelled")
        let offers = try await scene.recruiter.get("/applications/\(scene.application)/offers").expect(200)
        #expect(offers.items.first?["status"] == "expired")
        let history = try await scene.recruiter.get("/applications/\(scene.application)/history").expect(200)
        let names = history.items.compactMap { $0["event"]?.string }
        for name in ["application.submitted", "interview.changed", "offer.changed", "application.withdrawn"] {
            #expect(names.contains(name))
        }
        let said = try await scene.tenant.count(
            """
            SELECT count(*)
            FROM events
            WHERE tenant_id = \(scene.tenant.id) AND name = 'user.erased' AND subject_id = \(scene.person.id)::uuid
            """
        )
        #expect(said == 1)
    }

    @Test func `an erasure that several workers do at once, and do again, counts everything once`() async throws {
        let scene = try await ErasureScene()
        let preview = try await scene.admin.get("/admin/users/\(scene.person.id)/erasure").expect(200)
        let begun = try await scene.admin.post("/admin/users/\(scene.person.id)/erasure").expect(202)
        let number = try #require(begun.data["number"]?.int)
        try await scene.tenant.execute(
            """
            INSERT INTO work (tenant_id, id, name, payload, run_at, created_at)
            SELECT e.tenant_id, gen_random_uuid(), 'erasure.erase', jsonb_build_object('erasure', e.id), now(), now()
            FROM erasures e, generate_series(1, 3)
            WHERE e.tenant_id = \(scene.tenant.id) AND e.number = \(number)
            """
        )
        let receipt = try await scene.receipt(number)
        #expect(receipt.data["places"] == preview.data["places"])
        #expect(try await scene.traces() == [])
        try await eventually {
            try await scene.tenant.count("SELECT count(*) FROM work WHERE tenant_id = \(scene.tenant.id) AND name = 'erasure.erase'") == 0
        }
        #expect(try await scene.receipt(number).data["places"] == preview.data["places"])
    }

    @Test func `a person who asks to be erased has seven days to take it back, and is told so`() async throws {
        let tenant = try await TestTenant()
        let email = "\(UUID().uuidString.lowercased())@example.com"
        let ada = try await tenant.candidate(email: email)
        #expect(try await ada.delete("/users/me", ["password": "Passw0rd?"]).code == "WRONG_PASSWORD")
        let notice = try await ada.delete("/users/me", ["password": .string(TestServer.password)]).expect(202)
        let due = try #require(notice.data["dueAt"]?.string)
        #expect(abs(try #require(Timestamp.date(due)).timeIntervalSinceNow - 7 * 86_400) < 60)
        #expect(try await ada.delete("/users/me", ["password": .string(TestServer.password)]).code == "ERASURE_PENDING")
        let again = try await tenant.visitor().post("/auth/login", ["email": .string(email), "password": .string(TestServer.password)])
        #expect(again.expect(200).data["user"]?["erasureAt"]?.string == due)
        let letter = try await tenant.server.letterbox.awaited(to: email, containing: "Your account will be erased")
        #expect(letter.contains("sign in before that day"))
        try await ada.delete("/users/me/erasure").expect(204)
        #expect(try await ada.delete("/users/me/erasure").code == "ERASURE_NOT_FOUND")
        #expect(try await ada.get("/users/me").data["erasureAt"] == nil)
        let second = try await ada.delete("/users/me", ["password": .string(TestServer.password)]).expect(202)
        #expect(second.data["number"] == 2)
        try await tenant.comesDue()
        try await eventually { try await ada.get("/users/me").status == 401 }
        let admin = try await tenant.admin()
        try await eventually { try await admin.get("/admin/erasures/2").data["status"] == "completed" }
        #expect(try await admin.get("/admin/erasures/1").data["status"] == "withdrawn")
        #expect(try await admin.get("/admin/erasures").items.count == 2)
        let gone = try await tenant.visitor().post("/auth/login", ["email": .string(email), "password": .string(TestServer.password)])
        #expect(gone.status == 401)
        #expect(try await tenant.candidate(email: email).id != ada.id)
    }

    @Test func `the letter about it is in the reader's language, on the tenant's paper, with the day where they are`() async throws {
        let tenant = try await TestTenant()
        let ada = try await tenant.candidate(email: "ada@\(tenant.code).example")
        try await ada.patch("/users/me", ["locale": "de-AT", "timeZone": "Pacific/Kiritimati"]).expect(200)
        let notice = try await ada.delete("/users/me", ["password": .string(TestServer.password)]).expect(202)
        let due = try #require(notice.data["dueAt"]?.string.flatMap(Timestamp.date))
        let letter = try await tenant.server.letterbox.awaited(to: ada.email, containing: "Nummer des Belegs")
        let there = Timestamp.day(due + 14 * 3600)
        let (year, day) = (there.prefix(4), Int(there.suffix(2)) ?? 0)
        #expect(letter.contains(" \(day). ") && letter.contains(year) && letter.contains("(Pacific/Kiritimati)"), "\(letter)")
        #expect(letter.contains("Hallo Ada Tester,") && letter.contains(#"<html lang="de">"#) && letter.contains("Anmelden</a>"))
        #expect(letter.firstMatch(of: /-- \RTest/) != nil, "\(letter)")
    }

    @Test func `a sole administrator is not erased until there is another`() async throws {
        let tenant = try await TestTenant()
        let company = try await tenant.company()
        _ = try await company.recruiter()
        let admin = try await tenant.admin()
        let refused = try await admin.post("/admin/users/\(company.admin.id)/erasure")
        #expect(refused.status == 409 && refused.code == "LAST_ADMINISTRATOR")
        #expect(try await company.admin.delete("/users/me", ["password": .string(TestServer.password)]).code == "LAST_ADMINISTRATOR")
        #expect(try await admin.post("/admin/users/\(admin.id)/erasure").code == "LAST_ADMINISTRATOR")
        // They asked while there were two, and the other has left since.
        let second = try await company.member("companyAdmin")
        try await second.delete("/users/me", ["password": .string(TestServer.password)]).expect(202)
        let change: JSON = ["role": "recruiter"]
        try await second.patch("/companies/\(company.id)/users/\(company.admin.id)", change).expect(200)
        try await tenant.comesDue()
        let postponed: SQL = "SELECT count(*) FROM events WHERE tenant_id = \(tenant.id) AND name = 'user.erasure_postponed'"
        try await eventually { try await tenant.count(postponed) == 1 }
        #expect(try await second.get("/users/me").status == 200)
    }

    @Test func `a member who is erased leaves what they wrote about others, their company learns of it, and their key ends`() async throws {
        let tenant = try await TestTenant()
        let company = try await tenant.company()
        let recruiter = try await company.recruiter()
        let job = try await company.job()
        let (application, _) = try await job.application()
        let text = "Prepared, friendly, wants to lead."
        try await recruiter.post("/applications/\(application)/notes", ["text": .string(text)]).expect(201)
        try await company.admin.post(
            "/applications/\(application)/interviews",
            ["kind": "phone", "startsAt": "2099-01-05T09:00:00Z", "durationMinutes": 30, "interviewers": [.string(recruiter.id)]]
        ).expect(201)
        let admin = try await tenant.admin()
        try await admin.post("/admin/users/\(recruiter.id)/erasure").expect(202)
        try await eventually { try await admin.get("/admin/erasures/1").data["status"] == "completed" }
        let notes = try await company.admin.get("/applications/\(application)/notes").expect(200)
        #expect(notes.items.map { $0["text"]?.string } == [text])
        let interviews = try await company.admin.get("/applications/\(application)/interviews").expect(200)
        #expect(interviews.items.first?["interviewers"] == [])
        let member = try await company.admin.get("/companies/\(company.id)/users?status=deactivated").expect(200)
        #expect(member.items.map { $0["userId"]?.string } == [recruiter.id])
        #expect(member.items.first?["email"] == "[erased]")
    }

    @Test func `a namesake keeps their name`() async throws {
        let scene = try await ErasureScene()
        let namesake = try await scene.tenant.candidate(ErasureScene.firstName)
        try await namesake.patch("/users/me", ["lastName": .string(ErasureScene.lastName)]).expect(200)
        let other = try await namesake.post("/jobs/\(scene.job)/apply", ["answers": ErasureScene.answers]).expect(201)
        let note = "Spoke with \(ErasureScene.firstName) \(ErasureScene.lastName)."
        try await scene.recruiter.post("/applications/\(other.id)/notes", ["text": .string(note)]).expect(201)
        _ = try await scene.erase()
        #expect(try await scene.recruiter.get("/applications/\(other.id)/notes").items.first?["text"]?.string == note)
        let seen = try await scene.recruiter.get("/applications/\(other.id)").data["applicant"]?["name"]?.string
        #expect(seen == "\(ErasureScene.firstName) \(ErasureScene.lastName)")
        #expect(try await scene.recruiter.get("/applications/\(scene.application)").data["applicant"]?["name"] == "[erased]")
    }

    @Test func `nobody but the tenant's own administrators erases, previews or reads receipts`() async throws {
        let scene = try await ErasureScene()
        let stranger = try await TestTenant().admin()
        for person in [scene.recruiter, scene.person] {
            try await person.get("/admin/users/\(scene.person.id)/erasure").expect(403)
            try await person.post("/admin/users/\(scene.person.id)/erasure").expect(403)
            try await person.get("/admin/erasures").expect(403)
        }
        try await stranger.get("/admin/users/\(scene.person.id)/erasure").expect(404)
        try await stranger.post("/admin/users/\(scene.person.id)/erasure").expect(404)
        let program = try await scene.admin.key(KeyScope.allCases)
        try await program.post("/admin/users/\(scene.person.id)/erasure").expect(403)
        _ = try await scene.erase()
        try await stranger.get("/admin/erasures/1").expect(404)
        #expect(try await stranger.get("/admin/erasures").items.isEmpty)
        try await scene.admin.get("/admin/erasures/0").expect(404)
        try await scene.admin.get("/admin/erasures/99999999999").expect(404)
    }
}

extension TestTenant {
    /// Makes all pending erasures due.
    fileprivate func comesDue() async throws {
        try await execute("UPDATE erasures SET due_at = now() WHERE tenant_id = \(id) AND status = 'pending'")
        try await execute("UPDATE work SET run_at = now() WHERE tenant_id = \(id) AND name = 'erasure.erase'")
    }
}
