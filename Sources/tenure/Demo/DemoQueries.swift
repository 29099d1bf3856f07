import Foundation
import Kernel
import Postgres

/// The few statements that no operation covers. Those on the directory of tenants run in the operator's role.
enum DemoQueries {
    static func insertTenant(_ id: Identifier<Tenant>, code: String, now: Date) -> SQL {
        """
        INSERT INTO tenants (id, code, name, plan, created_at, updated_at)
        VALUES (\(id), \(code), 'Meridian Talent Group', 'enterprise', \(now), \(now))
        ON CONFLICT (code) DO NOTHING
        """
    }

    static func insertName(_ code: String, of id: Identifier<Tenant>) -> SQL {
        "INSERT INTO tenant_names (name, tenant_id) VALUES (\(code), \(id))"
    }

    /// Mail to people who don't exist, and resumes that have been read.
    private static let forgotten = [
        "resumes.parse", "identity.send_account_mail", "applications.sendInvitation", "applications.remindOfInterview",
        "applications.tellPeople",
    ]

    static func forgetWork(tenant: Identifier<Tenant>) -> SQL {
        "DELETE FROM work WHERE tenant_id = \(tenant) AND name = ANY(\(forgotten)::text[])"
    }
}
