import Kernel

extension Rules {
    var shadowOperations: [Kernel.Operation] {
        [
            Operation(
                .put,
                "/admin/scripts/{id}/shadow",
                "Run the draft beside the live version, without effects",
                access: .tenantAdmin,
                failures: [.scriptNotFound, .scriptHasErrors, .scriptUntried, .scriptIsLibrary],
                perform: shadow
            ),
            Operation(
                .delete,
                "/admin/scripts/{id}/shadow",
                "End the shadow",
                access: .tenantAdmin,
                failures: [.scriptNotFound, .scriptNotInShadow],
                perform: endShadow
            ),
        ]
    }
}
