package import Kernel

extension Identity {
    package var operations: [APIOperation] { signInOperations + proofOperations + sessionOperations + profileOperations + keyOperations }

    private var signInOperations: [APIOperation] {
        [
            APIOperation(
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
            APIOperation(
                .post,
                "/auth/login",
                "Sign in with e-mail address and password",
                access: .anyone,
                failures: [.invalidCredentials, .tenantUnknown, .tenantSuspended],
                limit: .signIn,
                retry: .byItself,
                perform: signIn
            ),
            APIOperation(
                .post,
                "/auth/refresh-token",
                "Exchange a refresh token for a new pair; using a token twice ends its session",
                access: .anyone,
                failures: [.refreshTokenInvalid],
                limit: .renewal,
                retry: .byItself,
                perform: refresh
            ),
            APIOperation(
                .post,
                "/auth/forgot-password",
                "Ask for a mail with a single-use link; the answer is always the same",
                access: .anyone,
                failures: [.tenantUnknown],
                limit: .signUp,
                retry: .byItself,
                perform: forgotPassword
            ),
            APIOperation(
                .post,
                "/auth/reset-password",
                "Set a new password with the token from a mail; ends every session",
                access: .anyone,
                failures: [.resetTokenInvalid, .invitationNeedsSignIn],
                limit: .signIn,
                retry: .byItself,
                perform: resetPassword
            ),
        ]
    }

    /// Operations for the reader of a mail, signed in, with its code.
    private var proofOperations: [APIOperation] {
        [
            APIOperation(
                .post,
                "/auth/verify-email",
                "Confirm my e-mail address with the code that was mailed to it",
                access: .inPerson,
                failures: [.confirmationInvalid],
                limit: .signIn,
                retry: .byItself,
                perform: verifyEmail
            ),
            APIOperation(
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
            APIOperation(
                .post,
                "/users/me/email",
                "Ask for another e-mail address: a link goes to it, and word to the current one; nothing changes until the link is used",
                access: .inPerson,
                failures: [.wrongPassword, .emailTaken],
                status: 202,
                limit: .signIn,
                retry: .byItself,
                perform: changeAddress
            ),
            APIOperation(
                .post,
                "/users/me/email/confirm",
                "Give my account the new address with the code that was mailed to it; ends my other sessions",
                access: .inPerson,
                failures: [.confirmationInvalid, .emailTaken],
                limit: .signIn,
                retry: .byItself,
                perform: confirmAddress
            ),
            APIOperation(
                .post,
                "/invitations/accept",
                "Join the company that invited me, with the code from its mail",
                access: .inPerson,
                failures: [.invitationNotFound, .emailUnverified],
                limit: .signIn,
                retry: .byItself,
                perform: acceptInvitation
            ),
        ]
    }

    private var sessionOperations: [APIOperation] {
        [
            APIOperation(
                .post,
                "/auth/logout",
                "End this session and that of the refresh token",
                access: .inPerson,
                limit: .renewal,
                retry: .byItself,
                perform: signOut
            ),
            APIOperation(.get, "/auth/sessions", "List my live sessions", access: .inPerson, perform: listSessions),
            APIOperation(
                .delete,
                "/auth/sessions/{id}",
                "End one of my sessions",
                access: .inPerson,
                failures: [.sessionNotFound],
                perform: endSession
            ),
        ]
    }

    private var profileOperations: [APIOperation] {
        [
            APIOperation(.get, "/users/me", "My profile, roles, companies and what my plan allows", access: .signedIn, perform: showMe),
            APIOperation(
                .patch,
                "/users/me",
                "Change my profile; left-out fields stay, null clears",
                access: .inPerson,
                failures: [.usernameTaken],
                perform: updateMe
            ),
            APIOperation(
                .post,
                "/users/me/profile-picture",
                "Set my picture: JPEG, PNG or WebP of at most 5 MB",
                access: .inPerson,
                failures: [.pictureTooLarge, .pictureTypeUnknown],
                retry: .claimedFirst,
                perform: setPicture
            ),
            APIOperation(
                .get,
                "/users/{id}/profile-picture",
                "A user's picture",
                access: .signedIn,
                failures: [.pictureNotFound],
                perform: showPicture
            ),
            APIOperation(
                .get,
                "/users/me/export",
                "Everything held about me, as one document",
                access: .inPerson,
                budget: .report,
                perform: exportMe
            ),
        ]
    }

    /// Keys are made and ended in person only.
    private var keyOperations: [APIOperation] {
        [
            APIOperation(.get, "/enterprise/api-keys", "List the tenant's API keys", access: .tenantAdmin, perform: listAPIKeys),
            APIOperation(
                .post,
                "/enterprise/api-keys",
                "Make an API key for one program with the scopes that it needs; the key is shown only this once",
                access: .tenantAdminInPerson,
                failures: [.apiKeyNameTaken, .tooManyAPIKeys],
                status: 201,
                retry: .byItself,
                perform: createAPIKey
            ),
            APIOperation(
                .post,
                "/enterprise/api-keys/{id}/rotate",
                "Give an API key a new secret, shown only this once; the former one ends",
                access: .tenantAdminInPerson,
                failures: [.apiKeyNotFound],
                retry: .byItself,
                perform: rotateAPIKey
            ),
            APIOperation(
                .delete,
                "/enterprise/api-keys/{id}",
                "Revoke an API key; it ends at once",
                access: .tenantAdmin,
                failures: [.apiKeyNotFound],
                perform: revokeAPIKey
            ),
            APIOperation(
                .get,
                "/enterprise/api-key",
                "The tenant's default API key by its public prefix: who made it, when, and when it was last used",
                access: .tenantAdmin,
                failures: [.apiKeyNotFound],
                perform: showAPIKey
            ),
            APIOperation(
                .post,
                "/enterprise/api-key/regenerate",
                "Make the tenant's default API key, with every scope if it is new, shown only this once; the former one ends",
                access: .tenantAdminInPerson,
                failures: [.tooManyAPIKeys],
                retry: .byItself,
                perform: regenerateAPIKey
            ),
        ]
    }
}
