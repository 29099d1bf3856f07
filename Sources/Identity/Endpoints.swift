package import Kernel

extension Identity {
    package var operations: [Operation] { signInOperations + proofOperations + sessionOperations + profileOperations + keyOperations }

    private var signInOperations: [Operation] {
        [
            Operation(
                .post,
                "/auth/register",
                "Create an account and sign in",
                access: .anyone,
                failures: [.emailTaken, .usernameTaken, .employerSignUpClosed, .tenantUnknown, .tenantSuspended, .ruleRejected],
                status: 201,
                limit: .signUp,
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
                limit: .renewal,
                retry: .byItself,
                perform: refresh
            ),
            Operation(
                .post,
                "/auth/forgot-password",
                "Ask for a mail with a single-use link; the answer is always the same",
                access: .anyone,
                failures: [.tenantUnknown],
                limit: .signUp,
                retry: .byItself,
                perform: forgotPassword
            ),
            Operation(
                .post,
                "/auth/reset-password",
                "Set a new password with the token of a mail; ends every session",
                access: .anyone,
                failures: [.resetTokenInvalid, .invitationNeedsSignIn],
                limit: .signIn,
                retry: .byItself,
                perform: resetPassword
            ),
        ]
    }

    /// What the reader of a mail shows with its code, signed in.
    private var proofOperations: [Operation] {
        [
            Operation(
                .post,
                "/auth/verify-email",
                "Confirm my e-mail address with the code mailed to it",
                access: .inPerson,
                failures: [.confirmationInvalid],
                limit: .signIn,
                retry: .byItself,
                perform: verifyEmail
            ),
            Operation(
                .post,
                "/auth/verify-email/resend",
                "Send me the mail that confirms my address again",
                access: .inPerson,
                failures: [.emailVerifiedBefore],
                status: 202,
                limit: .signUp,
                retry: .byItself,
                perform: resendConfirmation
            ),
            Operation(
                .post,
                "/invitations/accept",
                "Join the company that invited me, with the code of its mail",
                access: .inPerson,
                failures: [.invitationNotFound, .emailUnverified],
                limit: .signIn,
                retry: .byItself,
                perform: acceptInvitation
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
                limit: .renewal,
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
                .post,
                "/users/me/profile-picture",
                "Set my picture: JPEG, PNG or WebP of at most 5 MB",
                access: .inPerson,
                failures: [.pictureTooLarge, .pictureTypeUnknown],
                retry: .claimedFirst,
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

    /// Keys are made and ended in person.
    private var keyOperations: [Operation] {
        [
            Operation(.get, "/enterprise/api-keys", "List the tenant's API keys", access: .tenantAdmin, perform: listAPIKeys),
            Operation(
                .post,
                "/enterprise/api-keys",
                "Make an API key for one program with the scopes that it needs; the key is shown this once",
                access: .tenantAdminInPerson,
                failures: [.apiKeyNameTaken, .tooManyAPIKeys],
                status: 201,
                retry: .byItself,
                perform: createAPIKey
            ),
            Operation(
                .post,
                "/enterprise/api-keys/{id}/rotate",
                "Give an API key a new secret, shown this once; the former one ends",
                access: .tenantAdminInPerson,
                failures: [.apiKeyNotFound],
                retry: .byItself,
                perform: rotateAPIKey
            ),
            Operation(
                .delete,
                "/enterprise/api-keys/{id}",
                "Revoke an API key; it ends at once",
                access: .tenantAdmin,
                failures: [.apiKeyNotFound],
                perform: revokeAPIKey
            ),
            Operation(
                .get,
                "/enterprise/api-key",
                "The tenant's default API key by its public prefix: who made it, when, and when it was last used",
                access: .tenantAdmin,
                failures: [.apiKeyNotFound],
                perform: showAPIKey
            ),
            Operation(
                .post,
                "/enterprise/api-key/regenerate",
                "Make the tenant's default API key, with every scope if it is new, shown this once; the former one ends",
                access: .tenantAdminInPerson,
                failures: [.tooManyAPIKeys],
                retry: .byItself,
                perform: regenerateAPIKey
            ),
        ]
    }
}
