import Identity
package import Kernel

extension Erasure {
    package var operations: [Kernel.Operation] { ownOperations + adminOperations }

    private var ownOperations: [Kernel.Operation] {
        [
            Operation(
                .delete,
                "/users/me",
                "Have everything about me erased in seven days; until then it can be taken back",
                access: .inPerson,
                failures: [.wrongPassword, .lastAdministrator, .erasurePending],
                status: 202,
                limit: .signIn,
                perform: deleteMe
            ),
            Operation(
                .delete,
                "/users/me/erasure",
                "Take back that I want to be erased",
                access: .inPerson,
                failures: [.erasureNotFound],
                perform: withdraw
            ),
        ]
    }

    /// In person, for nothing of it can be undone.
    private var adminOperations: [Kernel.Operation] {
        [
            Operation(
                .get,
                "/admin/users/{id}/erasure",
                "Count what an erasure of somebody would take out, place by place, without doing it",
                access: .tenantAdmin,
                failures: [.userNotFound],
                perform: preview
            ),
            Operation(
                .post,
                "/admin/users/{id}/erasure",
                "Erase somebody at once; the receipt says what was taken out",
                access: .tenantAdminInPerson,
                failures: [.userNotFound, .lastAdministrator, .systemAdministratorErasure, .erasurePending],
                status: 202,
                perform: eraseUser
            ),
            Operation(.get, "/admin/erasures", "The tenant's erasures, newest first", access: .tenantAdmin, perform: list),
            Operation(
                .get,
                "/admin/erasures/{number}",
                "The receipt of an erasure: each place with its count",
                access: .tenantAdmin,
                failures: [.erasureNotFound],
                perform: show
            ),
        ]
    }
}
