import Identity
import Kernel
import Postgres
import Testing
import Wire

@testable import tenure

extension TestTenant {
    func company(_ name: String = "Northwind Logistics") async throws -> TestCompany {
        let admin = try await employer()
        let company = try await admin.post("/companies", ["name": .string(name)]).expect(201)
        return TestCompany(tenant: self, id: company.id, admin: admin)
    }
}

/// A company with its administrator.
struct TestCompany: Sendable {
    let tenant: TestTenant
    let id: String
    let admin: Person

    func member(_ role: String) async throws -> Person {
        let person = try await tenant.employer()
        try await admin.post("/companies/\(id)/users", ["email": .string(person.email), "role": .string(role)]).expect(201)
        try await accepts(person)
        return person
    }

    /// Joins somebody invited by the company, behind the server's back.
    func accepts(_ person: Person) async throws {
        try await tenant.execute(
            """
            UPDATE company_members
            SET status = 'active'
            WHERE tenant_id = \(tenant.id) AND company_id = \(id)::uuid AND user_id = \(person.id)::uuid AND status = 'invited'
            """
        )
        tenant.server.composition.identity.standingChanged(try #require(Identifier<User>(person.id)))
    }

    func recruiter() async throws -> Person { try await member("recruiter") }
}
