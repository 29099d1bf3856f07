import Foundation
import Kernel
import Postgres
import Testing

/// Addresses must be proved before they count, and nobody joins a company without agreeing.
@Suite struct ProvenAddressTests {
    private static let email = "hugo@acme.example"

    @Test func `a stranger with somebody's address gets nothing of what its owner is invited to`() async throws {
        let company = try await CompanyAtWork()
        let tenant = company.tenant
        let stranger = try await tenant.register("candidate", "Buy-Now", Self.email)
        #expect(try await stranger.get("/users/me").data["emailVerified"] == .bool(false))
        try await company.add(Self.email, "hiringManager").expect(201)
        let mail = try await tenant.mail(to: Self.email)
        let token = JSON.string(try #require(resetToken(in: mail)))
        #expect(mail.contains("/reset-password#token="))
        #expect(!mail.contains("Buy-Now"), "The stranger chooses no words that the owner reads.")
        try await isOut(stranger, company)

        // Nor with the code, should they get hold of it: the account must have its owner's own password first.
        #expect(try await stranger.post("/invitations/accept", ["token": token]).code == "EMAIL_UNVERIFIED")
        try await isOut(stranger, company)

        let other = try await stranger.signInAgain()
        let visitor = tenant.visitor()
        try await visitor.post("/auth/reset-password", ["token": token, "newPassword": "Hugos-Pass-1"]).expect(200)
        for session in [stranger, other] {
            #expect(try await session.get("/users/me").status == 401)
            #expect(try await session.refresh().status == 401)
        }
        let old: JSON = ["email": .string(Self.email), "password": .string(TestServer.password)]
        #expect(try await visitor.post("/auth/login", old).status == 401)
        let signedIn = try await visitor.post("/auth/login", ["email": .string(Self.email), "password": "Hugos-Pass-1"]).expect(200)
        let hugo = Person(tenant, signedIn, email: Self.email)
        let me = try await hugo.get("/users/me")
        #expect(me.data["emailVerified"] == .bool(true))
        #expect(me.data["companies"]?.items.map { $0["companyId"] } == [.string(company.id)])
        try await hugo.get("/companies/\(company.id)/users").expect(200)
        #expect(try await visitor.post("/auth/reset-password", ["token": token, "newPassword": "Hugos-Pass-2"]).status == 401)
    }

    private func isOut(_ person: Person, _ company: CompanyAtWork) async throws {
        for path in ["/companies/\(company.id)/users", "/candidates/search", "/pipelines"] {
            #expect(try await person.get(path).status == 403, "\(path)")
        }
        #expect(try await person.get("/applications").items == [])
        #expect(try await person.get("/users/me").data["companies"]?.items == [])
        #expect(try await person.get("/users/me").data["roles"]?.items.contains("employer") == false)
    }

    @Test func `an invitation that was withdrawn, or answered twice at once, makes nobody a member twice`() async throws {
        let company = try await CompanyAtWork()
        let grace = try await company.tenant.candidate("Grace", email: "grace@example.com")
        let invited = try await company.add("grace@example.com", "recruiter").expect(201)
        let token = JSON.string(try #require(resetToken(in: try await company.tenant.mail(to: "grace@example.com"))))
        let id = invited.data["userId"]?.string ?? ""
        try await company.change(id, ["status": "deactivated"]).expect(200)
        #expect(try await grace.post("/invitations/accept", ["token": token]).code == "INVITATION_NOT_FOUND")
        #expect(try await grace.get("/users/me").data["roles"] == ["candidate"])
        // After a second request the new code counts, and of two clicks only one.
        try await company.add("grace@example.com", "hiringManager").expect(201)
        #expect(try await grace.post("/invitations/accept", ["token": token]).code == "INVITATION_NOT_FOUND")
        var next = token
        try await eventually {
            next = JSON.string(try #require(resetToken(in: try await company.tenant.mail(to: "grace@example.com"))))
            return next != token
        }
        let code = next
        async let first = grace.post("/invitations/accept", ["token": code])
        async let second = grace.post("/invitations/accept", ["token": code])
        let statuses = try await [first.status, second.status].sorted()
        #expect(statuses == [200, 404])
        let members = try await company.boss.get("/companies/\(company.id)/users").items
        #expect(members.first { $0["userId"]?.string == id }?["role"] == "hiringManager")
        let joined = try await company.tenant.count(
            "SELECT count(*) FROM events WHERE tenant_id = \(company.tenant.id) AND name = 'member.joined'"
        )
        #expect(joined == 1)
    }

    @Test func `a former member comes back only by accepting`() async throws {
        let company = try await CompanyAtWork()
        let grace = try await company.employer.member("recruiter")
        try await company.change(grace.id, ["status": "deactivated"]).expect(200)
        #expect(try await grace.get("/companies/\(company.id)/users").status == 403)
        let back = try await company.change(grace.id, ["status": "active"]).expect(200)
        #expect(back.data["status"] == "invited")
        #expect(try await grace.get("/companies/\(company.id)/users").status == 403)
        #expect(try await company.change(grace.id, ["status": "active"]).code == "INVITATION_PENDING")
        let token = JSON.string(try #require(resetToken(in: try await company.tenant.mail(to: grace.email))))
        try await grace.post("/invitations/accept", ["token": token]).expect(200)
        try await grace.get("/companies/\(company.id)/users").expect(200)
    }

    @Test func `nobody accepts with another's code`() async throws {
        let company = try await CompanyAtWork()
        try await company.tenant.candidate("Grace", email: "grace@example.com").get("/users/me").expect(200)
        try await company.add("grace@example.com", "recruiter").expect(201)
        let token = JSON.string(try #require(resetToken(in: try await company.tenant.mail(to: "grace@example.com"))))
        let thief = try await company.tenant.employer()
        #expect(try await thief.post("/invitations/accept", ["token": token]).status == 404)
        #expect(try await CompanyAtWork().boss.post("/invitations/accept", ["token": token]).status == 404)
        // An invitation to an account with an owner sets no password.
        let visitor = company.tenant.visitor()
        let set = try await visitor.post("/auth/reset-password", ["token": token, "newPassword": "Thiefs-Pass-1"])
        #expect(set.code == "INVITATION_NEEDS_SIGN_IN")
    }

    @Test(arguments: [true, false])
    func `keys made before anybody confirmed the address end with a reset, and others stay`(isProven: Bool) async throws {
        let tenant = try await TestTenant()
        let admin = try await tenant.admin()
        let key = try await admin.key([.readRules])
        if !isProven { try await tenant.execute("UPDATE users SET email_verified_at = NULL WHERE tenant_id = \(tenant.id)") }
        try await key.get("/admin/scripts").expect(200)
        let visitor = tenant.visitor()
        try await visitor.post("/auth/forgot-password", ["email": .string(admin.email)]).expect(200)
        let token = JSON.string(try #require(resetToken(in: try await tenant.mail(to: admin.email))))
        try await visitor.post("/auth/reset-password", ["token": token, "newPassword": "Owners-Pass-1"]).expect(200)
        #expect(try await key.get("/admin/scripts").status == (isProven ? 200 : 401))
    }

    @Test func `a forgotten password proves the address and accepts nothing`() async throws {
        let company = try await CompanyAtWork()
        let stranger = try await company.tenant.register("candidate", "Ada", Self.email)
        try await company.add(Self.email, "recruiter").expect(201)
        _ = try await company.tenant.mail(to: Self.email)
        try await company.tenant.visitor().post("/auth/forgot-password", ["email": .string(Self.email)]).expect(200)
        let mail = try await company.tenant.server.letterbox.awaited(to: Self.email, containing: "asked for a new password")
        let token = JSON.string(try #require(resetToken(in: mail)))
        try await company.tenant.visitor().post("/auth/reset-password", ["token": token, "newPassword": "Hugos-Pass-1"]).expect(200)
        #expect(try await stranger.get("/users/me").status == 401)
        let signedIn = try await company.tenant.visitor().post(
            "/auth/login",
            ["email": .string(Self.email), "password": "Hugos-Pass-1"]
        ).expect(200)
        let hugo = Person(company.tenant, signedIn, email: Self.email)
        #expect(try await hugo.get("/users/me").data["companies"]?.items == [])
        // The invitation still waits for its answer.
        let all = try await company.tenant.server.letterbox.mails(to: Self.email, of: company.tenant.id)
        let invitation = try #require(all.first { $0.contains("Northwind") }.flatMap { resetToken(in: $0) })
        try await hugo.post("/invitations/accept", ["token": .string(invitation)]).expect(200)
    }

    @Test func `an address is confirmed by whoever has the mail and the account, and by nobody else`() async throws {
        let tenant = try await TestTenant()
        let email = "\(UUID().uuidString.lowercased())@example.com"
        let boss = try await tenant.register("employer", "Grace", email)
        #expect(try await boss.post("/companies", ["name": "Northwind"]).code == "EMAIL_UNVERIFIED")
        let mail = try await tenant.server.letterbox.awaited(to: email, containing: "/confirm#token=ve_")
        let token = JSON.string(try #require(mail.split(whereSeparator: \.isNewline).first { $0.hasPrefix("ve_") }.map(String.init)))
        // The owner of the mailbox who never registered has no session for this account.
        let owner = try await tenant.candidate()
        #expect(try await owner.post("/auth/verify-email", ["token": token]).code == "CONFIRMATION_NOT_FOUND")
        #expect(try await tenant.visitor().post("/auth/verify-email", ["token": token]).status == 401)
        #expect(try await tenant.visitor().post("/auth/reset-password", ["token": token, "newPassword": "New-Passw0rd"]).status == 401)
        #expect(try await boss.post("/invitations/accept", ["token": token]).status == 404)
        #expect(try await boss.post("/auth/verify-email", ["token": token]).expect(200).data["emailVerified"] == .bool(true))
        #expect(try await boss.post("/auth/verify-email", ["token": token]).status == 404)
        #expect(try await boss.post("/auth/verify-email/resend").code == "EMAIL_ALREADY_VERIFIED")
        try await boss.post("/companies", ["name": "Northwind"]).expect(201)
    }

    @Test func `an administrator gives no power to an address that nobody has confirmed`() async throws {
        let tenant = try await TestTenant()
        let admin = try await tenant.admin()
        let stranger = try await tenant.register("candidate", "Boss")
        for role in ["employer", "tenantAdmin"] {
            let refused = try await admin.patch("/admin/users/\(stranger.id)", ["roles": ["candidate", .string(role)]])
            #expect(refused.code == "EMAIL_UNVERIFIED")
        }
        let shown = try await admin.get("/admin/users?search=\(stranger.email)").items.first
        #expect(shown?["emailVerifiedAt"]?.string == nil)
        try await tenant.execute("UPDATE users SET email_verified_at = now() WHERE tenant_id = \(tenant.id) AND id = \(stranger.id)::uuid")
        try await admin.patch("/admin/users/\(stranger.id)", ["roles": ["candidate", "employer"]]).expect(200)
    }

    @Test func `notifications are mailed only to confirmed addresses`() async throws {
        let company = try await TestTenant().company()
        let member = try await company.member("recruiter")
        try await member.patch("/users/me", ["settings": ["notifications": ["email": true]]]).expect(200)
        let id = company.tenant.id
        try await company.tenant.execute("UPDATE users SET email_verified_at = NULL WHERE tenant_id = \(id) AND id = \(member.id)::uuid")
        try await company.admin.post("/notifications", ["user": .string(member.id), "text": "Hello."]).expect(201)
        #expect(try await member.get("/notifications").items.count == 1)
        let pieces: SQL = "SELECT count(*) FROM work WHERE tenant_id = \(id) AND name = 'notifications.send'"
        #expect(try await company.tenant.count(pieces) == 0)
        let sent: SQL = "SELECT count(*) FROM mails WHERE tenant_id = \(id) AND subject = 'Hello.'"
        #expect(try await company.tenant.count(sent) == 0)
    }
}
