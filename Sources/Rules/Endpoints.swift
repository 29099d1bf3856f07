package import Kernel

extension Rules {
    package var operations: [APIOperation] {
        (writing + publishing + watching + remembering + console).openToKeys(reading: .readRules, writing: .writeRules)
            // What runs, replays and held effects show is what happened, including to people.
            + (replaying + receiptOperations + radiusOperations + shadowOperations).openToKeys(reading: .readEvents, writing: .writeRules)
    }

    private var writing: [APIOperation] {
        [
            APIOperation(.get, "/admin/scripts", "List the tenant's rules and libraries", access: .tenantAdmin, perform: list),
            APIOperation(
                .post,
                "/admin/scripts",
                "Create a script with a draft",
                access: .tenantAdmin,
                failures: [.scriptNameTaken],
                status: 201,
                perform: create
            ).example(["name": "Log applications", "kind": "rule", "source": .string(Self.exampleRule), "grants": ["application:move"]]),
            APIOperation(
                .get,
                "/admin/scripts/{id}",
                "Show a script with its draft and versions",
                access: .tenantAdmin,
                failures: [.scriptNotFound],
                perform: show
            ),
            APIOperation(
                .put,
                "/admin/scripts/{id}/draft",
                "Save a draft; the answer lists its errors with their lines",
                access: .tenantAdmin,
                failures: [.scriptNotFound, .scriptDeleted, .stale],
                perform: save
            ).example(["source": .string(Self.exampleRule), "grants": ["application:move"]]),
            APIOperation(
                .patch,
                "/admin/scripts/{id}",
                "Rename a script",
                access: .tenantAdmin,
                failures: [.scriptNotFound, .scriptDeleted, .scriptNameTaken, .libraryRequired, .stale],
                perform: rename
            ),
            APIOperation(
                .delete,
                "/admin/scripts/{id}",
                "Delete a script, which stops at once; its versions and runs stay",
                access: .tenantAdmin,
                failures: [.scriptNotFound, .scriptDeleted],
                perform: delete
            ),
            APIOperation(
                .post,
                "/admin/scripts/dry-run",
                "Run a script for an event without doing anything",
                access: .tenantAdmin,
                failures: [.eventNotFound],
                retry: .byItself,
                perform: dryRun
            ).example(["source": .string(Self.exampleRule), "event": "application.submitted"]),
        ]
    }

    private static let exampleRule = #"on("application.submitted", function(event) log(event.name) end)"#

    private var publishing: [APIOperation] {
        [
            APIOperation(
                .post,
                "/admin/scripts/{id}/publish",
                "Publish the draft as the next version, which goes live",
                access: .tenantAdmin,
                failures: [.scriptNotFound, .scriptDeleted, .scriptHasErrors, .scriptUntried, .stale],
                perform: publish
            ),
            APIOperation(
                .post,
                "/admin/scripts/{id}/rollback",
                "Make an earlier version live again",
                access: .tenantAdmin,
                failures: [.scriptNotFound, .scriptDeleted, .versionNotFound],
                perform: rollBack
            ),
            APIOperation(
                .post,
                "/admin/scripts/{id}/disable",
                "Stop running a script",
                access: .tenantAdmin,
                failures: [.scriptNotFound, .scriptDeleted, .scriptNotLive],
                perform: disable
            ),
        ]
    }

    private var watching: [APIOperation] {
        [
            APIOperation(
                .get,
                "/admin/scripts/events",
                "Everything that scripts can react to and do, with schemas and samples",
                access: .tenantAdmin,
                perform: catalogue
            )
        ]
    }

    private var remembering: [APIOperation] {
        [
            APIOperation(.get, "/admin/store", "What the tenant's rules remember, by key", access: .tenantAdmin, perform: listStore),
            APIOperation(
                .put,
                "/admin/store",
                "Set a value that rules remember",
                access: .tenantAdmin,
                failures: [.storeValueTooLarge, .storeFull],
                perform: setStoreValue
            ),
            APIOperation(
                .delete,
                "/admin/store",
                "Delete a value that rules remember",
                access: .tenantAdmin,
                failures: [.storeKeyNotFound],
                perform: deleteStoreValue
            ),
            APIOperation(
                .get,
                "/admin/schedules",
                "When scheduled rules run next, soonest first",
                access: .tenantAdmin,
                perform: listSchedules
            ),
        ]
    }
}
