import Identity
package import Kernel

extension Administration {
    package var operations: [Operation] {
        tenantOperations + userOperations + settingsOperations + logOperations + queueOperations
    }

    private var tenantOperations: [Operation] {
        [
            Operation(.get, "/admin/tenants", "List the tenants", access: .systemAdmin, perform: listTenants),
            Operation(
                .post,
                "/admin/tenants",
                "Create a tenant and invite its first administrator",
                access: .systemAdmin,
                failures: [.tenantCodeTaken, .tenantHostTaken],
                status: 201,
                perform: createTenant
            ),
            Operation(
                .get,
                "/admin/tenants/{id}",
                "Show a tenant with its usage",
                access: .systemAdmin,
                failures: [.tenantNotFound],
                perform: showTenant
            ),
            Operation(
                .patch,
                "/admin/tenants/{id}",
                "Change, suspend or resume a tenant",
                access: .systemAdmin,
                failures: [.tenantNotFound, .tenantHostTaken, .ownTenant],
                perform: changeTenant
            ),
        ]
    }

    /// Roles and standing are given in person: with them a key would outlive its own end.
    private var userOperations: [Operation] {
        [
            Operation(
                .get,
                "/admin/users",
                "Search the tenant's people",
                access: .tenantAdmin,
                lua: .list("users").inConsole,
                perform: listUsers
            )
        ].openToKeys(reading: .readUsers) + [
            Operation(
                .patch,
                "/admin/users/{id}",
                "Change somebody's roles, deactivate or reactivate them",
                access: .tenantAdmin,
                failures: [.userNotFound, .emailUnverified, .lastAdministrator, .systemAdministrator],
                perform: changeUser
            )
        ]
    }

    private var settingsOperations: [Operation] {
        [
            Operation(.get, "/admin/settings", "What the tenant has decided for itself", access: .tenantAdmin, perform: showSettings),
            Operation(
                .patch,
                "/admin/settings",
                "Decide whether employers may sign themselves up, and whether they wait for approval",
                access: .tenantAdmin,
                perform: changeSettings
            ),
        ]
    }

    private var logOperations: [Operation] {
        [
            Operation(
                .get,
                "/admin/audit",
                "Read who did what, newest first",
                access: .tenantAdmin,
                lua: .list("events").inConsole,
                perform: listAudit
            ),
            Operation(
                .get,
                "/events",
                "Read the event log from a sequence number on, without gaps",
                access: .tenantAdmin,
                perform: readEvents
            ),
        ].openToKeys(reading: .readEvents)
    }

    private var queueOperations: [Operation] {
        [
            Operation(.get, "/admin/queue", "Show the depth of background work and what failed", access: .systemAdmin, perform: showQueue),
            Operation(
                .post,
                "/admin/queue/{id}/retry",
                "Retry background work that failed for the last time",
                access: .systemAdmin,
                failures: [.workNotFound, .workAlreadyWaits],
                perform: retryWork
            ),
        ]
    }
}
