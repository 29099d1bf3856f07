import Kernel

extension Rules {
    var replaying: [APIOperation] {
        [
            APIOperation(
                .post,
                "/admin/scripts/{id}/replay",
                "Replay a script's saved draft over past events, without doing anything",
                access: .tenantAdmin,
                failures: [.scriptNotFound, .scriptHasErrors, .nothingToReplay, .replayRunning],
                status: 202,
                perform: startReplay
            ).example(["last": 1000]),
            APIOperation(
                .get,
                "/admin/scripts/{id}/replays",
                "A script's replays, newest first",
                access: .tenantAdmin,
                failures: [.scriptNotFound],
                perform: replays
            ),
            APIOperation(
                .get,
                "/admin/replays/{id}",
                "How far a replay has come, and what it found",
                access: .tenantAdmin,
                failures: [.replayNotFound],
                perform: showReplay
            ),
            APIOperation(
                .get,
                "/admin/replays/{id}/differences",
                "The events for which the draft would have acted differently",
                access: .tenantAdmin,
                failures: [.replayNotFound],
                perform: differences
            ),
            APIOperation(
                .get,
                "/admin/replays/{id}/file",
                "The differences as comma-separated values",
                access: .tenantAdmin,
                failures: [.replayNotFound],
                budget: .report,
                perform: downloadReplay
            ),
            APIOperation(
                .post,
                "/admin/replays/{id}/cancel",
                "Stop a replay",
                access: .tenantAdmin,
                failures: [.replayNotFound, .replayOver],
                perform: cancelReplay
            ),
        ]
    }
}
