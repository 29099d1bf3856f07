import Foundation
import Kernel
import Postgres
import Testing

@testable import Companies

/// The life of an invitation: repeated, withdrawn, expired, accepted.
@Suite struct InvitationTests {
    private func address() -> String { "\(UUID().uuidString.lowercased())@example.com" }

    /// The code of the newest mail, once it isn't the one before.
    private func code(_ email: String, of tenant: TestTenant, after former: JSON? = nil) async throws -> JSON {
        var code: JSON = .null
        try await eventually(within: .seconds(60)) {
            code = .string(try #require(resetToken(in: try await tenant.mail(to: email))))
            return code != former
        }
        return code
    }

    private func accept(_ code: JSON, _ tenant: TestTenant) async throws -> Answer {
        try await tenant.visitor().post("/auth/reset-password", ["token": code, "newPassword": "Ivans-Pass-1"])
    }

    @Test(arguments: ["again", "invitation"])
    func `inviting a pending person again mails a fresh link and ends the one before`(door: String) async throws {
        let company = try await TestTenant().company()
        let (tenant, email) = (company.tenant, address())
        let body: JSON = ["email": .string(email), "role": "recruiter"]
        let invited = try await company.admin.post("/companies/\(company.id)/users", body).expect(201)
        #expect(invited.data["invitation"]?["state"] == "pending")
        let first = try await code(email, of: tenant)
        #expect(try await tenant.mail(to: email).contains(tenant.code), "The mail tells the tenant's code.")
        let user = invited.data["userId"]?.string ?? ""
        let path = "/companies/\(company.id)/users\(door == "again" ? "" : "/\(user)/invitation")"
        let again = try await company.admin.post(path, door == "again" ? body : [:]).expect(door == "again" ? 201 : 200)
        #expect(again.data["userId"]?.string == user)
        #expect(again.data["status"] == "invited")
        let second = try await code(email, of: tenant, after: first)
        #expect(try await accept(first, tenant).code == "RESET_TOKEN_INVALID")
        try await accept(second, tenant).expect(200)
        let member = try await company.admin.get("/companies/\(company.id)/users").items.first { $0["userId"]?.string == user }
        #expect(member?["status"] == "active")
        #expect(member?["invitation"]?["state"] == "accepted")
        for answer in [
            try await company.admin.post("/companies/\(company.id)/users", body),
            try await company.admin.post("/companies/\(company.id)/users/\(user)/invitation"),
        ] {
            #expect(answer.code == "MEMBER_EXISTS")
        }
        let withdrawn = try await company.admin.delete("/companies/\(company.id)/users/\(user)/invitation")
        #expect(withdrawn.code == "INVITATION_ANSWERED")
    }

    @Test func `a withdrawn invitation leads nowhere, says so, and can be repeated`() async throws {
        let company = try await TestTenant().company()
        let (tenant, email) = (company.tenant, address())
        let invited = try await company.admin.post("/companies/\(company.id)/users", ["email": .string(email), "role": "recruiter"]).expect(
            201
        )
        let path = "/companies/\(company.id)/users/\(invited.data["userId"]?.string ?? "")"
        let first = try await code(email, of: tenant)
        for _ in 0..<2 {
            let withdrawn = try await company.admin.delete("\(path)/invitation").expect(200)
            #expect(withdrawn.data["status"] == "withdrawn")
            #expect(withdrawn.data["invitation"]?["state"] == "withdrawn")
        }
        #expect(try await accept(first, tenant).code == "RESET_TOKEN_INVALID")
        let listed = try await company.admin.get("/companies/\(company.id)/users?status=withdrawn").expect(200).items
        #expect(listed.count == 1)
        // An administrator can't make somebody a member.
        #expect(try await company.admin.patch(path, ["status": "active"]).expect(200).data["status"] == "invited")
        #expect(try await company.admin.patch(path, ["status": "active"]).code == "INVITATION_PENDING")
        try await accept(try await code(email, of: tenant, after: first), tenant).expect(200)
    }

    @Test func `an invitation expires, and is good again when it is repeated`() async throws {
        let company = try await TestTenant().company()
        let (tenant, email) = (company.tenant, address())
        let invited = try await company.admin.post("/companies/\(company.id)/users", ["email": .string(email), "role": "recruiter"]).expect(
            201
        )
        let user = invited.data["userId"]?.string ?? ""
        _ = try await code(email, of: tenant)
        try await tenant.execute(
            "UPDATE company_members SET invited_at = now() - interval '8 days' WHERE tenant_id = \(tenant.id) AND user_id = \(user)::uuid"
        )
        func state() async throws -> JSON? {
            let members = try await company.admin.get("/companies/\(company.id)/users").items
            return members.first { $0["userId"]?.string == user }?["invitation"]?["state"]
        }
        #expect(try await state() == "expired")
        try await company.admin.post("/companies/\(company.id)/users/\(user)/invitation").expect(200)
        #expect(try await state() == "pending")
    }

    @Test func `only the company's administrators repeat and withdraw`() async throws {
        let company = try await TestTenant().company()
        let invited = try await company.admin.post("/companies/\(company.id)/users", ["email": .string(address()), "role": "recruiter"])
        let path = "/companies/\(company.id)/users/\(invited.expect(201).data["userId"]?.string ?? "")/invitation"
        let (recruiter, rival) = (try await company.recruiter(), try await company.tenant.company("Southwind").admin)
        for person in [recruiter, rival] {
            #expect(try await person.post(path).status == 403)
            #expect(try await person.delete(path).status == 403)
        }
        let missing = "/companies/\(company.id)/users/\(Identifier<User>())/invitation"
        #expect(try await company.admin.post(missing).code == "MEMBER_NOT_FOUND")
        #expect(try await company.admin.delete(missing).code == "MEMBER_NOT_FOUND")
    }

    @Test func `a membership becomes only what its table says`() {
        let allowed: [MemberStatus: Set<MemberStatus>] = [
            .invited: [.active, .invited, .withdrawn], .active: [.deactivated], .withdrawn: [.invited], .deactivated: [.invited],
        ]
        for from in MemberStatus.allCases {
            #expect(Set(MemberStatus.allCases.filter(from.canBecome)) == allowed[from], "\(from)")
        }
    }

    @Test func `a stale version of a company or a member is refused, and nothing named changes nothing`() async throws {
        let company = try await TestTenant().company()
        let recruiter = try await company.recruiter()
        for (path, change) in [
            ("/companies/\(company.id)", ["location": "Bremen"] as JSON),
            ("/companies/\(company.id)/users/\(recruiter.id)", ["role": "hiringManager"]),
        ] {
            let seen = try await company.admin.patch(path, [:]).expect(200)
            let version = try #require(seen.headers["etag"])
            let events: SQL = "SELECT count(*) FROM events WHERE tenant_id = \(company.tenant.id)"
            let before = try await company.tenant.count(events)
            #expect(try await company.admin.patch(path, [:]).expect(200).json["data"] == seen.json["data"])
            #expect(try await company.tenant.count(events) == before)
            let changed = try await company.admin.patch(path, change, headers: ["If-Match": version]).expect(200)
            #expect(changed.headers["etag"] != version)
            try await company.admin.patch(path, change, headers: ["If-Match": version]).expect(412)
            #expect(try await company.admin.patch(path, change).expect(200).headers["etag"] == changed.headers["etag"], "The same again.")
        }
        let refused = try await company.admin.patch("/users/me", ["firstName": "Al"], headers: ["If-Match": "\"1\""]).expect(400)
        #expect(refused.details["ifMatch"] != nil)
    }
}
