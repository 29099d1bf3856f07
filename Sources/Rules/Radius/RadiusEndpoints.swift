import Kernel

extension Rules {
    var radiusOperations: [APIOperation] {
        [
            APIOperation(
                .put,
                "/admin/scripts/{id}/limits",
                "Set how many effects a rule may have within an hour",
                access: .tenantAdmin,
                failures: [.scriptNotFound, .scriptDeleted, .scriptIsLibrary],
                perform: limit
            ),
            APIOperation(
                .get,
                "/admin/scripts/{id}/held",
                "The runs with effects waiting because the rule is paused",
                access: .tenantAdmin,
                failures: [.scriptNotFound],
                perform: held
            ),
            APIOperation(
                .post,
                "/admin/scripts/{id}/held/release",
                "Apply waiting effects",
                access: .tenantAdmin,
                failures: [.scriptNotFound],
                retry: .byItself,
                perform: release
            ),
            APIOperation(
                .post,
                "/admin/scripts/{id}/held/discard",
                "Discard waiting effects",
                access: .tenantAdmin,
                failures: [.scriptNotFound],
                perform: discard
            ),
            APIOperation(
                .post,
                "/admin/scripts/{id}/resume",
                "Resume a paused rule, with a fresh hour",
                access: .tenantAdmin,
                failures: [.scriptNotFound, .scriptDeleted, .scriptNotPaused],
                perform: resume
            ),
        ]
    }
}
