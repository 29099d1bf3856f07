import Kernel

extension Rules {
    var shadowOperations: [APIOperation] {
        [
            APIOperation(
                .put,
                "/admin/scripts/{id}/shadow",
                "Run the draft next to the live version, without effects",
                access: .tenantAdmin,
                failures: [.scriptNotFound, .scriptDeleted, .scriptHasErrors, .scriptUntried, .scriptIsLibrary],
                perform: shadow
            ),
            APIOperation(
                .delete,
                "/admin/scripts/{id}/shadow",
                "End the shadow",
                access: .tenantAdmin,
                failures: [.scriptNotFound, .scriptDeleted, .scriptNotInShadow],
                perform: endShadow
            ),
        ]
    }
}
