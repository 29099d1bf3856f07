import Kernel

extension Rules {
    var receiptOperations: [APIOperation] {
        [
            APIOperation(
                .get,
                "/admin/scripts/{id}/runs",
                "The runs of a script, newest first: outcome, cost, effects",
                access: .tenantAdmin,
                failures: [.scriptNotFound],
                perform: runs
            ),
            APIOperation(
                .get,
                "/admin/runs/{id}",
                "A run's receipt: its input, the answers it got, and what it decided",
                access: .tenantAdmin,
                failures: [.runNotFound],
                perform: showRun
            ),
            APIOperation(
                .post,
                "/admin/runs/{id}/rerun",
                "Execute a run again from its receipt, and compare",
                access: .tenantAdmin,
                failures: [.runNotFound, .runNotRepeatable],
                retry: .byItself,
                perform: repeatRun
            ),
        ]
    }
}
