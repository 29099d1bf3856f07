package import Kernel

extension Notifications {
    package var operations: [APIOperation] {
        [
            APIOperation(.get, "/notifications", "List my notifications, unread first", access: .signedIn, perform: list),
            APIOperation(
                .patch,
                "/notifications/{id}/read",
                "Mark one of my notifications as read",
                access: .signedIn,
                failures: [.notificationNotFound],
                perform: markRead
            ),
            APIOperation(.post, "/notifications/read-all", "Mark all my notifications as read", access: .signedIn, perform: markAllRead),
            APIOperation(
                .get,
                "/notifications/preferences",
                "How I hear of each kind of thing: inside the product, by mail",
                access: .signedIn,
                perform: showPreferences
            ),
            APIOperation(
                .put,
                "/notifications/preferences",
                "Set how I want to hear of each kind of thing; what is left out follows my profile's settings",
                access: .signedIn,
                perform: setPreferences
            ),
            APIOperation(
                .post,
                "/notifications/test",
                "Send myself a notification, to see one",
                access: .tenantAdmin,
                status: 201,
                perform: sendTest
            ),
        ] + [notifying.open(to: .writeNotifications)]
    }

    private var notifying: APIOperation {
        APIOperation(
            .post,
            "/notifications",
            "Notify one person, or everybody with a role",
            access: .member(.noteApplications),
            failures: [.recipientUnknown, .subjectUnknown],
            status: 201,
            lua: .function("notify", effect: .notify),
            perform: notify
        ).example(["role": "recruiter", "text": "Three applications are waiting."])
    }
}
