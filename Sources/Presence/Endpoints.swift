package import Kernel

extension Presence {
    package var operations: [Operation] {
        [
            Operation(
                .post,
                "/users/me/heartbeat",
                "Say that I am here",
                access: .signedIn,
                failures: [.presenceUnavailable],
                limit: .presence,
                retry: .byItself,
                perform: beat
            ),
            Operation(
                .get,
                "/users/{id}/presence",
                "Whether a user is here",
                access: .signedIn,
                failures: [.userNotFound, .presenceUnavailable],
                limit: .presence,
                perform: show
            ),
            Operation(
                .get,
                "/presence/users",
                "Who of these is here",
                access: .signedIn,
                failures: [.presenceUnavailable],
                limit: .presence,
                perform: list
            ),
        ].openToKeys(reading: .readPresence)
    }
}
