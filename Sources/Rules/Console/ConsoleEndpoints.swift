import Kernel

extension Rules {
    var console: [APIOperation] {
        [
            APIOperation(
                .get,
                "/admin/console/runs",
                "The console's history, newest first",
                access: .systemAdmin,
                perform: listConsoleRuns
            ),
            APIOperation(
                .post,
                "/admin/console/runs",
                "Run a script over tenants; it plans changes without making them",
                access: .systemAdmin,
                status: 202,
                perform: startConsoleRun
            ).example([
                "source": #"every("1d", function() log("Hello.") end)"#, "tenants": ["0198c5a2-7c1e-7d3a-9f00-4b8e5d2f6a11"],
                "comment": "Greet one tenant.",
            ]),
            APIOperation(
                .get,
                "/admin/console/runs/{id}",
                "Show a console run: output, plan, and what was applied",
                access: .systemAdmin,
                failures: [.consoleRunNotFound],
                perform: showConsoleRun
            ),
            APIOperation(
                .post,
                "/admin/console/runs/{id}/apply",
                "Apply the plan, all or nothing in each tenant",
                access: .systemAdmin,
                failures: [.consoleRunNotFound, .consoleRunNotPlanned, .consoleRunApplied, .consolePlanTooOld],
                status: 202,
                perform: applyConsoleRun
            ),
            APIOperation(
                .post,
                "/admin/console/runs/{id}/cancel",
                "Stop a console run, or discard its plan",
                access: .systemAdmin,
                failures: [.consoleRunNotFound, .consoleRunOver],
                perform: cancelConsoleRun
            ),
            APIOperation(
                .get,
                "/admin/console/catalogue",
                "Everything that console scripts can read and do, with schemas",
                access: .systemAdmin,
                perform: consoleCatalogue
            ),
        ]
    }
}
