package import Kernel

extension Identity {
    package var operations: [Operation] { signInOperations + sessionOperations + profileOperations + keyOperations }

    private var signInOperations: [Operation] {
        [
            Operation(
                .post,
                "/auth/register",
                "Create an account and sign in",
                access: .anyone,
                failures: [.emailTaken, .usernameTaken, .tenantUnknown, .tenantSuspended, .ruleRejected],
                status: 201,
                limit: .signIn,
                retry: .byItself,
                perform: register
            ),
            Operation(
                .post,
                "/auth/login",
                "Sign in with e-mail address and password",
                access: .anyone,
                failures: [.invalidCredentials, .tenantUnknown, .tenantSuspended],
                limit: .signIn,
                retry: .byItself,
                perform: signIn
            ),
            Operation(
                .post,
                "/auth/refresh-token",
                "Exchange a refresh token for a new pair; a token used before ends its session",
                access: .anyone,
                failures: [.refreshTokenInvalid],
                limit: .signIn,
                retry: .byItself,
                perform: refresh
            ),
            Operation(
                .post,
                "/auth/forgot-password",
                "Ask for a mail with a single-use link; the answer is always the same",
                access: .anyone,
                failures: [.tenantUnknown],
                limit: .signIn,
                retry: .byItself,
                perform: forgotPassword
            ),
            Operation(
                .post,
                "/auth/reset-password",
                "Set a new password with the token of a mail; ends every session",
                access: .anyone,
                failures: [.resetTokenInvalid],
                limit: .signIn,
                retry: .byItself,
                perform: resetPassword
            ),
        ]
    }

    private var sessionOperations: [Operation] {
        [
            Operation(
                .post,
                "/auth/logout",
                "End this session and the refresh token's",
                access: .inPerson,
                limit: .signIn,
                retry: .byItself,
                perform: signOut
            ),
            Operation(.get, "/auth/sessions", "List my live sessions", access: .inPerson, perform: listSessions),
            Operation(
                .delete,
                "/auth/sessions/{id}",
                "End one of my sessions",
                access: .inPerson,
                failures: [.sessionNotFound],
                perform: endSession
            ),
        ]
    }

    private var profileOperations: [Operation] {
        [
            Operation(.get, "/users/me", "My profile, roles, companies and what my plan allows", access: .signedIn, perform: showMe),
            Operation(
                .patch,
                "/users/me",
                "Change my profile; left-out fields stay, null clears",
                access: .inPerson,
                failures: [.usernameTaken],
                perform: updateMe
            ),
            Operation(
                .delete,
                "/users/me",
                "Delete my account",
                access: .inPerson,
                failures: [.wrongPassword, .lastAdministrator],
                limit: .signIn,
                perform: deleteMe
            ),
            Operation(
                .post,
                "/users/me/profile-picture",
                "Set my picture: JPEG, PNG or WebP of at most 5 MB",
                access: .inPerson,
                failures: [.pictureTooLarge, .pictureTypeUnknown],
                perform: setPicture
            ),
            Operation(
                .get,
                "/users/{id}/profile-picture",
                "A user's picture",
                access: .signedIn,
                failures: [.pictureNotFound],
                perform: showPicture
            ),
            Operation(.get, "/users/me/export", "Everything held about me, as one document", access: .inPerson, perform: exportMe),
        ]
    }

    private var keyOperations: [Operation] {
        [
            Operation(
                .get,
                "/enterprise/api-key",
                "The tenant's API key by its public prefix: who made it, when, and when it was last used",
                access: .tenantAdmin,
                failures: [.apiKeyNotFound],
                perform: showAPIKey
            ),
            Operation(
                .post,
                "/enterprise/api-key/regenerate",
                "Make the tenant's API key, shown this once; the former one ends",
                access: .tenantAdminInPerson,
                retry: .byItself,
                perform: regenerateAPIKey
            ),
        ]
    }
}
