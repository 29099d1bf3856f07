package import Kernel

extension Presence {
    package var operations: [APIOperation] {
        [
            APIOperation(
                .post,
                "/users/me/heartbeat",
                "Say that I am here",
                access: .signedIn,
                failures: [.presenceUnavailable],
                limit: .presence,
                retry: .byItself,
                perform: beat
            ),
            APIOperation(
                .get,
                "/users/{id}/presence",
                "Whether a user is here",
                access: .signedIn,
                failures: [.userNotFound, .presenceUnavailable],
                limit: .presence,
                perform: show
            ),
            APIOperation(
                .get,
                "/presence/users",
                "Which of these users are here",
                access: .signedIn,
                failures: [.presenceUnavailable],
                limit: .presence,
                perform: list
            ),
        ].openToKeys(reading: .readPresence)
    }
}
