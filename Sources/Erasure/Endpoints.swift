import Administration
import Identity
package import Kernel

extension Erasure {
    package var operations: [APIOperation] { ownOperations + adminOperations + retentionOperations }

    private var ownOperations: [APIOperation] {
        [
            APIOperation(
                .delete,
                "/users/me",
                "Have everything about me erased in seven days; until then it can be taken back",
                access: .inPerson,
                failures: [.wrongPassword, .lastAdministrator, .erasurePending],
                status: 202,
                limit: .signIn,
                perform: deleteMe
            ),
            APIOperation(
                .delete,
                "/users/me/erasure",
                "Take back my request to be erased",
                access: .inPerson,
                failures: [.erasureNotFound],
                perform: withdraw
            ),
        ]
    }

    /// In person, because none of it can be undone.
    private var adminOperations: [APIOperation] {
        [
            APIOperation(
                .get,
                "/admin/users/{id}/erasure",
                "Count what erasing somebody would remove, place by place, without doing it",
                access: .tenantAdmin,
                failures: [.userNotFound],
                budget: .report,
                perform: preview
            ),
            APIOperation(
                .post,
                "/admin/users/{id}/erasure",
                "Erase somebody at once; the receipt says what was removed",
                access: .tenantAdminInPerson,
                failures: [.userNotFound, .lastAdministrator, .systemAdministrator, .erasurePending],
                status: 202,
                // A stored answer would name the person to be erased.
                retry: .byItself,
                perform: eraseUser
            ),
            APIOperation(.get, "/admin/erasures", "The tenant's erasures, newest first", access: .tenantAdmin, perform: list),
            APIOperation(
                .get,
                "/admin/erasures/{number}",
                "The receipt of an erasure: each place with its count",
                access: .tenantAdmin,
                failures: [.erasureNotFound],
                perform: show
            ),
        ]
    }

    private var retentionOperations: [APIOperation] {
        [
            APIOperation(
                .get,
                "/admin/retention-rules",
                "Retention rules: how long applications are kept, by how far they came",
                access: .tenantAdmin,
                perform: listRetentionRules
            ),
            APIOperation(
                .post,
                "/admin/retention-rules",
                "Draft a retention rule for applications, for all companies or one; it does nothing until it is activated",
                access: .tenantAdminInPerson,
                failures: [.retentionRuleExists],
                status: 201,
                perform: createRetentionRule
            ),
            APIOperation(
                .post,
                "/admin/retention-rules/{id}/dry-run",
                "Show what a rule would flag now",
                access: .tenantAdminInPerson,
                failures: [.retentionRuleNotFound],
                perform: tryRetentionRule
            ),
            APIOperation(
                .post,
                "/admin/retention-rules/{id}/activate",
                "Activate a rule: matching applications are flagged, the people are told, and a week later they are erased",
                access: .tenantAdminInPerson,
                failures: [.retentionRuleNotFound, .retentionUntried],
                perform: activateRetentionRule
            ),
            APIOperation(
                .delete,
                "/admin/retention-rules/{id}",
                "Delete a rule; what it has flagged is kept",
                access: .tenantAdminInPerson,
                failures: [.retentionRuleNotFound],
                perform: deleteRetentionRule
            ),
            APIOperation(
                .get,
                "/admin/retention-flags",
                "The applications that will be erased within a week because their retention period is over",
                access: .tenantAdmin,
                perform: listRetentionFlags
            ),
        ]
    }
}
