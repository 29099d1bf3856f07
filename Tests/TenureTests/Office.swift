import Administration
import Blobs
import Foundation
import Identity
import Kernel
import Mail
import Notifications
import Postgres
import Testing

/// Administration and notifications over a workshop's database, with people in it. Operations are called as the server calls them:
/// access first, then the input with all its checks.
struct Office: Sendable {
    let workshop: Workshop
    let operations: [Kernel.Operation]

    static func open(tenants: Int = 1, _ body: (Office) async throws -> Void) async throws {
        try await Workshop.open(tenants: tenants) { workshop in
            let constraints = Identity.constraints.merging(Administration.constraints) { first, _ in first }
            let store = workshop.store(constraints: constraints)
            let door = workshop.door(constraints: constraints)
            let identity = await Identity(
                store: store,
                door: door,
                hashing: try PasswordHashing(),
                blobs: try BlobStore(directory: NSTemporaryDirectory() + "office-" + UUID().uuidString),
                mail: NoMail(),
                configuration: .init(secret: "a secret of the tests, of more than 32 bytes", publicURL: "http://tenure.test")
            )
            let catalogue: [any Event.Type] = Identity.events + Administration.events + Notifications.events
            let administration = Administration(store: store, door: door, identity: identity, catalogue: catalogue)
            let notifications = Notifications(store: store) { subject, _ throws(Failure) in
                // Stands for the applications, which are another room's: here a subject is its company.
                subject.kind == "company" ? Identifier(subject.id) : nil
            }
            try await body(Office(workshop: workshop, operations: administration.operations + notifications.operations))
        }
    }

    /// An account, and somebody signed in with it.
    func clerk(
        _ roles: Role...,
        tenant: Identifier<Tenant>? = nil,
        reach: Caller.Reach? = nil,
        email: String? = nil,
        firstName: String = "Ada"
    ) async throws -> Clerk {
        let tenant = tenant ?? workshop.tenant
        let user = NewUser(
            email: email ?? "\(UUID().uuidString.lowercased())@example.com",
            passwordHash: "unused",
            firstName: firstName,
            lastName: "Lovelace",
            roles: roles,
            status: .active
        )
        _ = try await workshop.door.upkeep(Identity.insertUser(user, tenant: tenant, now: Date()))
        let usual: Caller.Reach = roles.contains(.tenantAdmin) ? .wholeTenant(Role.tenantAdmin.permissions) : .companies([:])
        return Clerk(
            operations: operations,
            id: user.id,
            caller: Caller(tenant: tenant, actor: .user(user.id), roles: Set(roles), reach: reach ?? usual)
        )
    }

    /// A member of a company, which is made where it isn't there yet.
    func member(_ role: Role, of company: Identifier<Company>) async throws -> Clerk {
        let clerk = try await clerk(.employer, reach: .companies([company: role]))
        let now = Date()
        let (tenant, name) = (workshop.tenant, company.description)
        try await workshop.door.upkeep { transaction in
            _ = try await transaction.query(
                """
                INSERT INTO companies (tenant_id, id, name, created_at, updated_at)
                VALUES (\(tenant), \(company), \(name), \(now), \(now))
                ON CONFLICT DO NOTHING
                """
            )
            _ = try await transaction.query(
                """
                INSERT INTO company_members (tenant_id, company_id, user_id, role, created_at, updated_at)
                VALUES (\(tenant), \(company), \(clerk.id), \(role.rawValue), \(now), \(now))
                """
            )
        }
        return clerk
    }

    func events(_ name: String, of tenant: Identifier<Tenant>? = nil) async throws -> [JSON] {
        try await workshop.door
            .upkeep("SELECT payload FROM events WHERE tenant_id = \(tenant ?? workshop.tenant) AND name = \(name) ORDER BY id")
            .map { try JSON(parsing: $0.raw("payload") ?? []) }
    }
}

private struct NoMail: MailTransport {
    func send(_ message: MailMessage) async throws(MailError) {}
}

/// Somebody signed in, calling operations by method and path.
struct Clerk: Sendable {
    struct Reply: Sendable {
        let data: JSON
        let failure: Failure?

        var items: [JSON] {
            guard case .array(let items)? = data["items"] else { return [] }
            return items
        }
    }

    let operations: [Kernel.Operation]
    let id: Identifier<User>
    let caller: Caller

    func get(_ path: String) async throws -> Reply { try await call(.get, path, [:]) }
    func post(_ path: String, _ body: JSON = [:]) async throws -> Reply { try await call(.post, path, body) }
    func patch(_ path: String, _ body: JSON = [:]) async throws -> Reply { try await call(.patch, path, body) }

    private func call(_ method: Kernel.Method, _ path: String, _ body: JSON) async throws -> Reply {
        let address = try #require(URLComponents(string: path))
        for operation in operations where operation.method == method {
            guard var texts = Self.match(operation.path, address.path) else { continue }
            for item in address.queryItems ?? [] { texts[item.name] = item.value }
            do {
                let output = try await operation.perform(InputSource(body: body, texts: texts), by: caller)
                return Reply(data: try JSON(encoding: output), failure: nil)
            } catch let failure as Failure {
                return Reply(data: .null, failure: failure)
            }
        }
        throw Failure.notFound
    }

    private static func match(_ template: String, _ path: String) -> [String: String]? {
        let (names, parts) = (template.split(separator: "/"), path.split(separator: "/"))
        guard names.count == parts.count else { return nil }
        var texts: [String: String] = [:]
        for (name, part) in zip(names, parts) {
            if name.hasPrefix("{") { texts[String(name.dropFirst().dropLast())] = String(part) } else if name != part { return nil }
        }
        return texts
    }
}
