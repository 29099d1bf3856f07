package import Foundation
package import Kernel
import Postgres

package enum TenantPlan: String, Codable, CaseIterable, Sendable, SQLEncodable, SQLDecodable {
    case free, premium, enterprise
}

/// Nobody can use a suspended tenant, and its background work waits.
package enum TenantStatus: String, Codable, CaseIterable, Sendable, SQLEncodable, SQLDecodable {
    case active, suspended
}

/// A tenant as a system admin sees it.
package struct TenantView: Codable, Sendable {
    package let id: Identifier<Tenant>
    package let code: String
    package let name: String
    package let plan: TenantPlan
    package let status: TenantStatus
    package let host: String?
    package let settings: [String: JSON]
    package let createdAt: Date
    package let updatedAt: Date
    /// How many rows of each kind the tenant has; only when a single tenant is shown.
    package var usage: [String: Int]?
    /// The last 30 days, oldest first; only when a single tenant is shown.
    package var activity: [TenantDay]?

    init(_ row: Row) throws {
        id = try row("id")
        code = try row("code")
        name = try row("name")
        plan = try row("plan")
        status = try row("status")
        host = try row("host")
        settings = try row.object("settings")
        createdAt = try row("created_at")
        updatedAt = try row("updated_at")
    }
}

/// How busy a tenant was on one day (UTC).
package struct TenantDay: Codable, Sendable {
    package let day: String
    package let events: Int

    init(_ row: Row) throws {
        day = try row("day")
        events = try row("events")
    }
}

extension Row {
    func json(_ column: String) throws -> JSON {
        try JSON(parsing: raw(column) ?? [])
    }

    func object(_ column: String) throws -> [String: JSON] {
        guard case .object(let members) = try json(column) else { return [:] }
        return members
    }
}
