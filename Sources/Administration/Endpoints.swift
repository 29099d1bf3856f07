import Identity
package import Kernel

extension Administration {
    package var operations: [APIOperation] {
        tenantOperations + userOperations + settingsOperations + logOperations + queueOperations
    }

    private var tenantOperations: [APIOperation] {
        [
            APIOperation(.get, "/admin/tenants", "List the tenants", access: .systemAdmin, perform: listTenants),
            APIOperation(
                .post,
                "/admin/tenants",
                "Create a tenant and invite its first administrator",
                access: .systemAdmin,
                failures: [.tenantCodeTaken, .tenantHostTaken],
                status: 201,
                perform: createTenant
            ),
            APIOperation(
                .get,
                "/admin/tenants/{id}",
                "Show a tenant with its usage",
                access: .systemAdmin,
                failures: [.tenantNotFound],
                perform: showTenant
            ),
            APIOperation(
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
    private var userOperations: [APIOperation] {
        [
            APIOperation(
                .get,
                "/admin/users",
                "Search the tenant's people",
                access: .tenantAdmin,
                lua: .list("users").inConsole,
                perform: listUsers
            )
        ].openToKeys(reading: .readUsers) + [
            APIOperation(
                .patch,
                "/admin/users/{id}",
                "Change somebody's roles, deactivate or reactivate them",
                access: .tenantAdmin,
                failures: [.userNotFound, .emailUnverified, .lastAdministrator, .systemAdministrator],
                perform: changeUser
            )
        ]
    }

    private var settingsOperations: [APIOperation] {
        [
            APIOperation(.get, "/admin/settings", "What the tenant has decided for itself", access: .tenantAdmin, perform: showSettings),
            APIOperation(
                .patch,
                "/admin/settings",
                "Decide whether employers may sign themselves up, and whether they wait for approval",
                access: .tenantAdmin,
                perform: changeSettings
            ),
        ]
    }

    private var logOperations: [APIOperation] {
        [
            APIOperation(
                .get,
                "/admin/audit",
                "Read who did what, newest first",
                access: .tenantAdmin,
                lua: .list("events").inConsole,
                perform: listAudit
            ),
            APIOperation(
                .get,
                "/events",
                "Read the event log from a sequence number on, without gaps",
                access: .tenantAdmin,
                perform: readEvents
            ),
        ].openToKeys(reading: .readEvents)
    }

    private var queueOperations: [APIOperation] {
        [
            APIOperation(
                .get,
                "/admin/queue",
                "Show the depth of background work and what failed",
                access: .systemAdmin,
                perform: showQueue
            ),
            APIOperation(
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
