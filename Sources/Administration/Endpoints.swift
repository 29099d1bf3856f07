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
            ).example([
                "code": "northwind", "name": "Northwind Staffing", "plan": "premium", "adminEmail": "ann@northwind.example",
                "adminFirstName": "Ann",
            ]),
            APIOperation(
                .get,
                "/admin/tenants/{id}",
                "Show a tenant with its usage",
                access: .systemAdmin,
                failures: [.tenantNotFound],
                budget: .report,
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

    /// Roles and status are changed in person: with them a key could outlive its own end.
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
            APIOperation(.get, "/admin/settings", "The tenant's own settings", access: .tenantAdmin, perform: showSettings),
            APIOperation(
                .patch,
                "/admin/settings",
                "Change the tenant's settings: employer sign-up, language and logo of letters",
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
                "Retry background work that has run out of attempts",
                access: .systemAdmin,
                failures: [.workNotFound, .workAlreadyWaits],
                perform: retryWork
            ),
        ]
    }
}
