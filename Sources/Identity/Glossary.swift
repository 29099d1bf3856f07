package import Kernel

extension Identity {
    package static let glossary = Glossary(
        """
        accessToken | The token to send as `Authorization: Bearer`, good for 15 minutes.
        account | The account itself.
        address | The network address that it came from.
        companies | The companies that the account works for.
        counters | What was used of each limit.
        device | The browser and system, as far as the client tells.
        emailVerified | Whether a link that was mailed to the address has been followed.
        erasureAt | When the account will be erased, because its owner asked for that; null otherwise.
        expiresIn | How long the access token is good, in seconds.
        exportedAt | When the archive was made.
        isDeleted | Whether the account was deleted and not only deactivated.
        keyId | The API key.
        lastUsedAt | When it was last used; null before the first time.
        limits | The most that the plan allows of each.
        locale | The language and region for texts, as `en-GB`.
        newPassword | The new password. It ends all sessions.
        notifications | What the person wants to be told, and how.
        phone | The telephone number, in E.164: `+4930901820`.
        prefix | The beginning of the secret, to tell it from others.
        profilePictureUrl | The address of the person's picture.
        refreshToken | The token that gives new access tokens, once: each use gives a new one. Good for 7 days.
        scopes | What a program may do with the key.
        sections | All that is kept about the person, by the part of the product.
        sessions | Where the person is signed in.
        theme | Light or dark.
        tier | The plan, which decides the limits.
        timeZone | The time zone in which the person is told times, by its IANA name. UTC by default.
        token | The secret of the link that was mailed.
        tokenType | How the access token is sent: always `Bearer`.
        userAgent | What the client calls itself.
        username | A name to sign in with in place of the address.
        wasInvited | Whether the password is the first, chosen from an invitation.
        APIKeyView.name | What the key is for.
        CompanyApproval.pending | Waits for the decision.
        CompanyApproval.approved | May work.
        CompanyApproval.rejected | May not work.
        EmployerSignUp.approval | They may, and an administrator decides about each company.
        EmployerSignUp.open | They may, and work at once.
        EmployerSignUp.closed | They may not.
        NewAPIKeyView.key | The secret itself. It is shown only now.
        Register.password | The password to sign in with: at least 8 characters.
        Register.Role.candidate | Applies for jobs.
        Register.Role.employer | Registers companies.
        SessionView.isCurrent | Whether it is the session that asks.
        SessionView.address | The network address of its last use.
        SignIn.password | The password of the account.
        TimeZoneName.* | The time zone %.
        UserSettings.Theme.light | Light.
        UserSettings.Theme.dark | Dark.
        UserSettings.Theme.system | As the system has it.
        UserStatus.invited | Has not chosen a password yet.
        UserStatus.active | May sign in.
        UserStatus.deactivated | May not sign in.
        UserStatus.deleted | Is deleted.
        UserStatus.sourced | Was added by a company, and has no account.
        Invitation.State.accepted | The person chose a password with it.
        Invitation.State.expired | Its link stopped working unused.
        Invitation.State.pending | Its link works and waits for the person.
        Invitation.State.withdrawn | It was taken back.
        """
    )
}
