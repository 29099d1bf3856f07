package import Foundation
package import Identity
package import Kernel
import Postgres

/// What administrators do: system admins with tenants and the work queue, tenant admins with their people and their event log. Anything
/// that crosses tenants goes through `OperatorDoor`, which records it.
package struct Administration: Capability {
    let store: TenantStore
    let door: OperatorDoor
    let identity: Identity
    let capabilities: Capabilities
    /// The names of the rules whose versions acted.
    let ruleNames: RuleNames

    package typealias RuleNames = @Sendable (_ versions: [UUID], TenantTransaction) async throws(Failure) -> [UUID: String]

    package init(
        store: TenantStore,
        door: OperatorDoor,
        identity: Identity,
        capabilities: Capabilities,
        ruleNames: @escaping RuleNames
    ) {
        self.store = store
        self.door = door
        self.identity = identity
        self.capabilities = capabilities
        self.ruleNames = ruleNames
    }

    package static var events: [any Event.Type] {
        [TenantCreated.self, TenantChanged.self, UserRolesChanged.self, UserReactivated.self, EventsSealed.self]
    }

    package static var constraints: [String: Failure] {
        [
            "tenants_code_key": .tenantCodeTaken,
            "tenants_host_key": .tenantHostTaken,
            "tenant_names_pkey": .tenantHostTaken,
            "work_unique_waiting": .workAlreadyWaits,
        ]
    }
}
