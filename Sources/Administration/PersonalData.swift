import Identity
package import Kernel
import Postgres

extension Administration {
    package static var personalTables: [PersonalTable] {
        [
            PersonalTable("tenants", .impersonal(["name", "settings"])).tenancy { "t.id = \($0.tenant)" },
            // Used by the sequencer and the rules, which need not know about people.
            PersonalTable("schedules", .impersonal(["name", "work_name", "payload"])),
            PersonalTable("event_subscriptions", .impersonal(["event_name", "work_name"])),
            PersonalTable("work", .searched([.jsonb("payload"), .text("unique_key"), .text("last_error")]), .impersonal(["name"])),
            PersonalTable(
                "idempotency_keys",
                .deleted { "t.principal = ANY(\($0.people)::uuid[]::text[])" },
                .searched([.bytes("body")])
            ),
            PersonalTable("secrets", .deleted { "t.owner_id = ANY(\($0.ids)::uuid[])" }),
            PersonalTable(
                "operator_passages",
                .replaced([.value("address", "''")]) { "t.admin_id = ANY(\($0.people)::uuid[])" },
                .references(["admin_id"])
            )
            .tenancy { "t.admin_tenant_id = \($0.tenant)" },
        ]
    }
}

extension TenantCreated {
    package static var personal: [PersonalPart] { [.impersonal("tenant")] }
}

extension TenantChanged {
    package static var personal: [PersonalPart] { [.impersonal("tenant")] }
}

extension UserRolesChanged {
    package static var personal: [PersonalPart] { UserFact.personal(at: "user") }
}

extension UserReactivated {
    package static var personal: [PersonalPart] { UserFact.personal(at: "user") }
}
