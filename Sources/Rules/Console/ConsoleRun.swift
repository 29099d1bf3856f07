package import Kernel
import Postgres

/// Tag for the console's runs.
package enum ConsoleRun {}

package enum ConsoleRunStatus: String, Codable, CaseIterable, Sendable, SQLEncodable, SQLDecodable {
    case queued, running
    /// It succeeded: its plan waits for confirmation.
    case planned
    case applying, applied
    case failed, canceled
}

package enum ConsoleTenantStatus: String, Codable, CaseIterable, Sendable, SQLEncodable, SQLDecodable {
    case waiting, planned
    /// Suspended when its turn came.
    case skipped
    case applied
    /// The plan doesn't change it.
    case unchanged
    /// Part of its plan was not possible, and so none of it was done.
    case refused
}

/// A table that a script reports.
package struct ConsoleTable: Codable, Sendable {
    package let title: String
    package let columns: [String]
    package let rows: [[JSON]]
}

/// A tenant that a script visits, as it was when the run began.
struct ConsoleTenant: Sendable {
    let id: Identifier<Tenant>
    let code: String
    let name: String
    let status: String
    let plan: String

    var isActive: Bool { status == "active" }

    var json: JSON {
        ["id": .string(id.description), "code": .string(code), "name": .string(name), "status": .string(status), "plan": .string(plan)]
    }
}

/// The admin for whom work is done later, and where their request came from: recorded whenever a tenant is entered.
struct ConsoleAdmin: Codable, Sendable {
    let tenant: Identifier<Tenant>
    let user: Identifier<User>
    let requestID: String
    let address: String

    init(_ admin: SystemAdmin) {
        tenant = admin.tenant
        user = admin.user
        requestID = admin.caller.origin.requestID
        address = admin.caller.origin.address
    }

    private var origin: Origin { Origin(address: address, userAgent: "", requestID: requestID) }

    var principal: SystemAdmin? {
        SystemAdmin(Caller(tenant: tenant, actor: .user(user), roles: [.systemAdmin], origin: origin))
    }

    /// In a tenant the admin acts, with the standing of its administrator, as when they enter it.
    func caller(in tenant: Identifier<Tenant>, cause: Identifier<EventRecord>? = nil) -> Caller {
        Caller(
            tenant: tenant,
            actor: .user(user),
            roles: [.tenantAdmin],
            reach: .wholeTenant(Role.tenantAdmin.permissions),
            origin: origin,
            cause: cause,
            depth: cause == nil ? 0 : 1
        )
    }
}
