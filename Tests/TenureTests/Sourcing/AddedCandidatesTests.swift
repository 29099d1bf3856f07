import Foundation
import Identity
import Kernel
import Postgres
import Testing

/// Companies add candidates who have no account: they alone see them, until the person behind the address takes over.
@Suite struct AddedCandidatesTests {
    private let company: TestCompany
    private let recruiter: Person
    private let rival: Person
    private var tenant: TestTenant { company.tenant }

    init() async throws {
        company = try await TestTenant().company()
        recruiter = try await company.recruiter()
        rival = try await company.tenant.company("Southwind").recruiter()
    }

    private func add(_ fields: [String: JSON] = [:], by person: Person? = nil) async throws -> Answer {
        var body: [String: JSON] = [
            "firstName": "Ada", "lastName": "Lovelace", "email": "ada@private.example", "phone": "+49 40 1234567", "location": "Hamburg",
            "source": "meetup", "tags": ["welder", "Welder", "urgent"], "note": "Knows her trade.",
        ]
        body.merge(fields) { $1 }
        return try await (person ?? recruiter).post("/companies/\(company.id)/candidates", .object(body.filter { !$1.isNull }))
    }

    @Test func `a recruiter adds a candidate, whom their company reads with what it typed in, and nobody else finds`() async throws {
        let added = try await add().expect(201)
        #expect(added.data["name"] == "Ada Lovelace" && added.data["hasAccount"] == false && added.data["duplicates"] == [])
        #expect(added.data["tags"] == ["welder", "urgent"])
        for reader in [recruiter, company.admin, try await tenant.admin()] {
            let seen = try await reader.get("/candidates/\(added.id)").expect(200)
            #expect(seen.data["contact"] == ["email": "ada@private.example", "phones": ["+49401234567"], "isMasked": false])
            #expect(seen.data["location"] == "Hamburg")
            let record = seen.data["added"]?[0]
            #expect(record?["source"] == "meetup" && record?["note"] == "Knows her trade." && record?["addedBy"]?.string == recruiter.id)
        }
        let list = try await recruiter.get("/companies/\(company.id)/candidates").expect(200)
        #expect(list.items.map { $0["id"]?.string } == [added.id])
        #expect(try await recruiter.get("/candidates/search?q=lovelace").items.count == 1)
        #expect(try await recruiter.get("/candidates/search?location=hamburg").items.count == 1)

        #expect(try await rival.get("/candidates/\(added.id)").status == 404)
        #expect(try await rival.get("/candidates/search").items.isEmpty)
        #expect(try await rival.get("/companies/\(company.id)/candidates").status == 403)
        #expect(try await rival.get("/users/\(added.id)/presence").status == 404)
        #expect(try await add(by: rival).status == 403)
        #expect(try await add(by: company.member("hiringManager")).status == 403)
        try await rival.post("/companies/\(company.id)/candidates/\(added.id)/invitation").expect(403)
    }

    @Test func `what cannot be a candidate is refused with the field's name`() async throws {
        let nobody = try await add(["firstName": .null, "lastName": .null, "email": .null]).expect(400)
        #expect(nobody.details["email"] != nil && nobody.details["firstName"] != nil)
        #expect(try await add(["email": "ada@"]).expect(400).details["email"] != nil)
        #expect(try await add(["phone": "call me"]).expect(400).details["phone"] != nil)
        #expect(try await add(["locale": "German, please"]).expect(400).details["locale"] != nil)
        #expect(try await add(["jobId": .string(UUID().uuidString.lowercased())]).expect(400).details["jobId"] != nil)
        let foreign = try await tenant.company("Eastwind").job()
        #expect(try await add(["jobId": .string(foreign.id)]).expect(400).details["jobId"] != nil)
        #expect(try await recruiter.get("/companies/\(company.id)/candidates").items.isEmpty, "Nothing of these is kept.")
        // A name alone is enough, and an address alone.
        try await add(["email": .null, "phone": .null]).expect(201)
        let nameless = try await add(["firstName": .null, "lastName": .null]).expect(201)
        #expect(nameless.data["name"] == "Candidate")
    }

    @Test func `a candidate is entered for a job, and hears of an interview but of nothing else`() async throws {
        let job = try await company.job()
        let address = "\(UUID().uuidString.lowercased())@example.com"
        let added = try await add(["email": .string(address), "jobId": .string(job.id)]).expect(201)
        let application = added.data["applicationId"]?.string ?? ""
        let seen = try await recruiter.get("/applications/\(application)").expect(200)
        #expect(seen.data["applicant"]?["name"] == "Ada Lovelace" && seen.data["source"] == "meetup")
        #expect(seen.data["contact"] == ["email": .string(address), "phones": ["+49401234567"], "isMasked": false])
        #expect(try await rival.get("/applications/\(application)").status == 404)
        #expect(try await recruiter.get("/jobs/\(job.id)/applications").items.count == 1)
        try await recruiter.patch("/applications/\(application)/status", ["status": "screening"]).expect(200)
        let interview: JSON = ["kind": "phone", "startsAt": "2099-01-05T09:00:00Z", "durationMinutes": 30]
        try await recruiter.post("/applications/\(application)/interviews", interview).expect(201)
        let letterbox = tenant.server.letterbox
        try await eventually { try await !letterbox.all(to: address).isEmpty }
        #expect(try await letterbox.all(to: address).map { $0.calendar.isEmpty } == [false])
    }

    @Test func `a candidate nobody can write to is interviewed all the same`() async throws {
        let job = try await company.job()
        let added = try await add(["email": .null, "jobId": .string(job.id)]).expect(201)
        let application = added.data["applicationId"]?.string ?? ""
        #expect(added.data["contact"]?["email"] == nil)
        #expect(try await recruiter.get("/applications/\(application)").data["contact"]?["email"] == nil)
        let interview: JSON = ["kind": "phone", "startsAt": "2099-01-05T09:00:00Z", "durationMinutes": 30]
        try await recruiter.post("/applications/\(application)/interviews", interview).expect(201)
        let refused = try await recruiter.post("/companies/\(company.id)/candidates/\(added.id)/invitation").expect(409)
        #expect(refused.code == "CANDIDATE_UNREACHABLE")
        for door in ["/candidates/\(added.id)", "/applications/\(application)", "/companies/\(company.id)/candidates"] {
            #expect(try await !recruiter.get(door).json.text.contains("sourced.invalid"), "\(door)")
        }
        #expect(try await !tenant.admin().get("/admin/users").json.text.contains("sourced.invalid"))
    }

    @Test func `an added candidate cannot sign in, get a password or be made a member`() async throws {
        let address = "\(UUID().uuidString.lowercased())@example.com"
        let added = try await add(["email": .string(address)]).expect(201)
        let visitor = tenant.visitor()
        #expect(try await visitor.post("/auth/login", ["email": .string(address), "password": "Anything-1-x"]).status == 401)
        try await visitor.post("/auth/forgot-password", ["email": .string(address)]).expect(200)
        #expect(try await tenant.admin().patch("/admin/users/\(added.id)", ["status": "active"]).status == 404)
        #expect(try await tenant.server.letterbox.mails(to: address, of: tenant.id).isEmpty)
    }

    @Test func `whoever accepts the invitation has an account, and the applications that were made for them`() async throws {
        let job = try await company.job()
        let address = "\(UUID().uuidString.lowercased())@example.com"
        let added = try await add(["email": .string(address), "jobId": .string(job.id), "locale": "de"]).expect(201)
        let invited = try await recruiter.post("/companies/\(company.id)/candidates/\(added.id)/invitation").expect(200)
        #expect(invited.data["invitedAt"] != nil && invited.data["hasAccount"] == false)
        let mail = try await tenant.mail(to: address)
        #expect(mail.contains("Bewerberin oder Bewerber"))
        let token = JSON.string(try #require(resetToken(in: mail)))
        let visitor = tenant.visitor()
        try await visitor.post("/auth/reset-password", ["token": token, "newPassword": "Adas-Own-Pass-1"]).expect(200)
        let signedIn = try await visitor.post("/auth/login", ["email": .string(address), "password": "Adas-Own-Pass-1"]).expect(200)
        let ada = Person(tenant, signedIn, email: address)
        let application = added.data["applicationId"]?.string ?? ""
        try await eventually { try await ada.get("/applications/\(application)").status == 200 }
        #expect(try await ada.get("/applications").items.map { $0["id"]?.string } == [application])
        #expect(try await ada.get("/applications/\(application)").data["contact"] == nil)
        try await ada.post("/applications/\(application)/withdraw").expect(200)

        // The company's id leads to the account, and the company keeps what it knew.
        let seen = try await recruiter.get("/candidates/\(added.id)").expect(200)
        #expect(seen.id == ada.id && seen.data["contact"]?["email"]?.string == address)
        #expect(seen.data["contact"]?["phones"] == ["+49401234567"] && seen.data["added"]?[0]?["note"] == "Knows her trade.")
        #expect(try await recruiter.get("/companies/\(company.id)/candidates").items.first?["hasAccount"] == true)
        #expect(try await rival.get("/candidates/\(ada.id)").status == 404)
        #expect(try await ada.get("/candidates/me").data["added"] == nil)
        let export = try await ada.get("/users/me/export").expect(200)
        let kept = export.data["sections"]?["candidate"]?["addedBy"]?[0]
        #expect(kept?["company"] == "Northwind Logistics" && kept?["email"]?.string == address)
        #expect(!export.json.text.contains("Knows her trade."))
        #expect(try await recruiter.post("/companies/\(company.id)/candidates/\(added.id)/invitation").code == "CANDIDATE_JOINED")
    }

    @Test func `whoever registers with the address gets nothing before the mailbox answers, and all of it then`() async throws {
        let job = try await company.job()
        let address = "\(UUID().uuidString.lowercased())@example.com"
        let added = try await add(["email": .string(address), "jobId": .string(job.id)]).expect(201)
        let application = added.data["applicationId"]?.string ?? ""
        let somebody = try await tenant.register("candidate", "Ada", address)
        try await somebody.patch("/candidates/me", ["headline": "Hello"]).expect(200)
        try await somebody.get("/applications/\(application)").expect(404)
        #expect(try await somebody.get("/applications").items.isEmpty)
        #expect(try await somebody.get("/users/me/export").data["sections"]?["candidate"]?["addedBy"] == [])
        #expect(try await recruiter.get("/candidates/\(added.id)").expect(200).id == added.id)
        #expect(try await recruiter.get("/candidates/\(somebody.id)").status == 404)

        let mail = try await tenant.server.letterbox.awaited(to: address, containing: "/confirm#token=")
        let token = try #require(mail.firstMatch(of: /#token=([A-Za-z0-9_-]+)/)?.1)
        try await somebody.post("/auth/verify-email", ["token": .string(String(token))]).expect(200)
        try await eventually { try await somebody.get("/applications/\(application)").status == 200 }
        #expect(try await recruiter.get("/candidates/\(added.id)").expect(200).id == somebody.id)
    }

    @Test func `adding an address tells nothing of the account that has it, which is asked before it is joined`() async throws {
        let ada = try await tenant.candidate("Ada")
        try await ada.patch("/candidates/me", ["headline": "A secret headline"]).expect(200)
        let added = try await add(["email": .string(ada.email)]).expect(201)
        #expect(added.data["duplicates"] == [])
        let seen = try await recruiter.get("/candidates/\(added.id)").expect(200)
        #expect(seen.id == added.id && !seen.json.text.contains("secret"))
        #expect(try await recruiter.get("/candidates/\(ada.id)").status == 404)
        try await recruiter.post("/companies/\(company.id)/candidates/\(added.id)/invitation").expect(200)
        let mail = try await tenant.mail(to: ada.email)
        #expect(mail.contains("/join#token="))
        let token = JSON.string(try #require(resetToken(in: mail)))
        #expect(try await rival.post("/invitations/accept", ["token": token]).status != 200)
        #expect(try await ada.post("/invitations/accept", ["token": token]).expect(200).data["companies"] == [])
        try await eventually { try await recruiter.get("/candidates/\(added.id)").expect(200).id == ada.id }
    }

    @Test func `duplicates are shown as far as the member may know of them`() async throws {
        let job = try await company.job()
        let applicant = try await tenant.candidate("Ada", email: "\(UUID().uuidString.lowercased())@example.com")
        let application = try await applicant.post("/jobs/\(job.id)/apply").expect(201)
        // By the address, however it is tagged, and by the name, however it is written.
        let tagged = applicant.email.replacing("@", with: "+jobs@")
        let same = try await add(["firstName": "ÁDA", "lastName": "tester", "email": .string(tagged)]).expect(201)
        #expect(same.data["duplicates"]?.items.first?["candidateId"]?.string == applicant.id)
        #expect(same.data["duplicates"]?.items.first?["reasons"] == ["email", "name"])
        let seen = try await recruiter.get("/applications/\(application.id)").expect(200)
        #expect(seen.data["duplicates"]?.items.map { $0["candidateId"]?.string } == [same.id])
        #expect(try await applicant.get("/applications/\(application.id)").data["duplicates"] == nil)
        // Another company knows neither, and finds only its own.
        let southwind = try await tenant.company("Westwind")
        let body: JSON = ["firstName": "Ada", "lastName": "Tester", "email": .string(applicant.email), "phone": "040 1234567"]
        let path = "/companies/\(southwind.id)/candidates"
        #expect(try await southwind.admin.post(path, body).expect(201).data["duplicates"] == [])
        let again = try await southwind.admin.post(path, body).expect(201)
        #expect(again.data["duplicates"]?.items.count == 1)
        #expect(again.data["duplicates"]?[0]?["reasons"] == ["email", "name", "phone"])
    }

    @Test func `an address that is masked is not found out by adding somebody who has it`() async throws {
        let hidden = try await tenant.candidate("Zora").inPool()
        let guess = try await add(["firstName": "Somebody", "lastName": "Else", "email": .string(hidden.email)]).expect(201)
        #expect(guess.data["duplicates"] == [])
        let namesake = try await add(["firstName": "zora", "lastName": "TESTER", "email": .string(hidden.email)]).expect(201)
        #expect(namesake.data["duplicates"]?.items.filter { $0["candidateId"]?.string == hidden.id }.map { $0["reasons"] } == [["name"]])
    }

    @Test func `a resume sent alone proposes the fields, and fills in what is left out`() async throws {
        let path = "/companies/\(company.id)/candidates"
        let proposal = try await recruiter.upload("\(path)/proposal", file: try Fixture.pdf, name: "cv.pdf").expect(200)
        let email = try #require(proposal.data["email"]?.string)
        #expect(proposal.data["firstName"] != nil && proposal.data["lastName"] != nil)
        #expect(proposal.data["skills"]?.items.isEmpty == false)
        #expect(try await recruiter.get(path).items.isEmpty, "A proposal keeps nothing.")

        let job = try await company.job()
        let fields = ["firstName": "Adele", "lastName": "Goldberg", "tags": "smalltalk,xerox", "jobId": job.id]
        let added = try await recruiter.upload("\(path)/upload", file: try Fixture.pdf, name: "cv.pdf", fields: fields).expect(201)
        #expect(added.data["name"] == "Adele Goldberg" && added.data["contact"]?["email"]?.string == email)
        #expect(added.data["tags"] == ["smalltalk", "xerox"])
        let resume = added.data["resumeId"]?.string ?? ""
        for reader in [recruiter, company.admin] {
            #expect(try await reader.get("/resumes/\(resume)").expect(200).data["parsed"]?["skills"]?.items.isEmpty == false)
            #expect(try await reader.get("/resumes/\(resume)/file").expect(200).bytes == (try Fixture.pdf))
        }
        #expect(try await rival.get("/resumes/\(resume)").status == 404)
        let application = try await recruiter.get("/applications/\(added.data["applicationId"]?.string ?? "")").expect(200)
        #expect(application.data["resumeId"]?.string == resume && application.data["atsScore"] != nil)
        // The second proposal knows the first.
        let again = try await recruiter.upload("\(path)/proposal", file: try Fixture.pdf, name: "cv.pdf").expect(200)
        #expect(again.data["duplicates"]?.items.map { $0["candidateId"]?.string } == [added.id])
        #expect(try await recruiter.upload("\(path)/upload", file: Fixture.png, name: "me.png").status == 415)
        #expect(try await rival.upload("\(path)/upload", file: try Fixture.pdf, name: "cv.pdf").status == 403)
    }

    @Test func `an erasure takes what companies kept, before and after there is an account`() async throws {
        let admin = try await tenant.admin()
        let address = "\(UUID().uuidString.lowercased())@example.com"
        let alone = try await add().expect(201)
        let joined = try await add(["email": .string(address)]).expect(201)
        let ada = try await tenant.register("candidate", "Ada", address)
        let mail = try await tenant.server.letterbox.awaited(to: address, containing: "/confirm#token=")
        let token = try #require(mail.firstMatch(of: /#token=([A-Za-z0-9_-]+)/)?.1)
        try await ada.post("/auth/verify-email", ["token": .string(String(token))]).expect(200)
        try await eventually { try await recruiter.get("/candidates/\(joined.id)").expect(200).id == ada.id }
        for person in [alone.id, ada.id] {
            let number = try await admin.post("/admin/users/\(person)/erasure").expect(202).data["number"]?.int ?? 0
            try await eventually { try await admin.get("/admin/erasures/\(number)").expect(200).data["status"] == "completed" }
        }
        #expect(try await recruiter.get("/companies/\(company.id)/candidates").items.isEmpty)
        #expect(try await recruiter.get("/candidates/\(joined.id)").status == 404)
        let left = try await tenant.count(
            """
            SELECT count(*)
            FROM users u
            LEFT JOIN sourced_candidates k ON k.tenant_id = u.tenant_id AND k.id = u.id
            WHERE u.tenant_id = \(tenant.id) AND (u.contact_email IS NOT NULL OR k.note LIKE '%trade%' OR u.first_name = 'Ada')
            """
        )
        #expect(left == 0)
        for event in try await admin.get("/events?limit=100").expect(200).items {
            #expect(!event.text.contains("Lovelace"), "\(event["name"]?.string ?? "")")
        }
    }
}
