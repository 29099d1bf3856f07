import Kernel

extension Rules {
    var radiusOperations: [APIOperation] {
        [
            APIOperation(
                .put,
                "/admin/scripts/{id}/limits",
                "Say how many effects a rule may have within an hour",
                access: .tenantAdmin,
                failures: [.scriptNotFound, .scriptIsLibrary],
                perform: limit
            ),
            APIOperation(
                .get,
                "/admin/scripts/{id}/held",
                "The runs whose effects wait because the rule is paused",
                access: .tenantAdmin,
                failures: [.scriptNotFound],
                perform: held
            ),
            APIOperation(
                .post,
                "/admin/scripts/{id}/held/release",
                "Let effects happen that wait",
                access: .tenantAdmin,
                failures: [.scriptNotFound],
                retry: .byItself,
                perform: release
            ),
            APIOperation(
                .post,
                "/admin/scripts/{id}/held/discard",
                "Throw effects away that wait",
                access: .tenantAdmin,
                failures: [.scriptNotFound],
                perform: discard
            ),
            APIOperation(
                .post,
                "/admin/scripts/{id}/resume",
                "Let a paused rule go on, with a fresh hour",
                access: .tenantAdmin,
                failures: [.scriptNotFound, .scriptNotPaused],
                perform: resume
            ),
        ]
    }
}
