package import Blobs
package import Documents
package import Foundation
package import Kernel
package import Outbox
package import Postgres

/// Who people are and how they prove it: accounts, passwords, sessions and tokens. Every process is told when somebody's standing changes,
/// so that it takes effect at once and not when a token expires.
package struct Identity: Capability {
    package struct Configuration: Sendable {
        /// Signs access tokens, and derives the keys of mailed ones.
        package var secret: String
        /// The address of this installation; links in mails and answers begin with it.
        package var publicURL: String

        package init(secret: String, publicURL: String) {
            self.secret = secret
            self.publicURL = publicURL
        }
    }

    let store: TenantStore
    let door: OperatorDoor
    let hashing: PasswordHashing
    let blobs: BlobStore
    let documents: DocumentReader
    let outbox: Outbox
    let configuration: Configuration
    package let tokens: AccessTokens
    package let directory: TenantDirectory
    package let standings: StandingCache
    /// The others know what else there is about a person, and whom one may see.
    let capabilities: Capabilities
    /// The limits of mails that people ask for.
    let allowsMail: MailRequest.Allowance

    package init(
        store: TenantStore,
        door: OperatorDoor,
        hashing: PasswordHashing,
        blobs: BlobStore,
        documents: DocumentReader,
        outbox: Outbox,
        configuration: Configuration,
        capabilities: Capabilities,
        allowsMail: @escaping MailRequest.Allowance
    ) async {
        self.store = store
        self.door = door
        self.hashing = hashing
        self.blobs = blobs
        self.documents = documents
        self.outbox = outbox
        self.configuration = configuration
        self.capabilities = capabilities
        self.allowsMail = allowsMail
        tokens = await AccessTokens(secret: configuration.secret, clock: store.clock)
        directory = TenantDirectory(door: door)
        standings = StandingCache(store: store)
    }

    package var authenticator: IdentityAuthenticator {
        IdentityAuthenticator(tokens: tokens, directory: directory, standings: standings, door: door)
    }

    package static var events: [any Event.Type] {
        [
            UserRegistered.self, EmailVerified.self, EmailChanged.self, UserSignedIn.self, UserUpdated.self, UserDeactivated.self,
            PasswordReset.self,
            InvitationAccepted.self, APIKeyCreated.self, APIKeyRegenerated.self, APIKeyRevoked.self,
        ]
    }

    package static var proposals: [any Proposal.Type] { [UserRegistering.self] }

    package static var limits: [LimitClass] { [.renewal, .signUp] }

    package static var countedTables: [StaticString] { ["users", "events"] }

    package static var blobs: [BlobColumn] { [BlobColumn("users", "profile_picture")] }

    package static var constraints: [String: Failure] {
        ["users_email_key": .emailTaken, "users_username_key": .usernameTaken, "api_keys_name_key": .apiKeyNameTaken]
    }

    /// The same for an operation that names an account: without a code, and if the host name leads to no tenant either, the one in which the
    /// address has its only account.
    func visitor(_ caller: Caller, tenantCode: Text<63>?, for email: EmailAddress) async throws(Failure) -> SystemActor {
        let visitor = try await visitor(caller, tenantCode: tenantCode)
        guard let tenants = try await tenants(of: email, from: caller, tenantCode), tenants.count == 1 else { return visitor }
        return SystemActor(tenant: tenants[0], origin: caller.origin)
    }

    /// Nil if the caller or the host has named a tenant.
    func tenants(
        of email: EmailAddress,
        alsoInvited: Bool = false,
        from caller: Caller,
        _ tenantCode: Text<63>?
    ) async throws(Failure) -> [Identifier<Tenant>]? {
        guard tenantCode == nil, try await directory.tenant(named: "default") == caller.tenant else { return nil }
        let rows = try await door.upkeep(UserQueries.tenants(of: email, alsoInvited: alsoInvited))
        return try rows.decoded { try $0("tenant_id") }
    }

    /// The caller of an operation before sign-in, in the tenant that the body names or else in the caller's own.
    func visitor(_ caller: Caller, tenantCode: Text<63>?) async throws(Failure) -> SystemActor {
        guard let tenantCode else { return SystemActor(tenant: caller.tenant, origin: caller.origin) }
        guard let tenant = try await directory.tenant(named: tenantCode.value.lowercased()) else { throw .tenantUnknown }
        return SystemActor(tenant: tenant, origin: caller.origin)
    }

    /// Makes a change of standing take effect everywhere once it is committed: PostgreSQL tells the other processes, and this one forgets
    /// at once.
    package func standingChanged<Entity>(_ id: Identifier<Entity>, in tx: TenantTransaction) {
        tx.queue(Self.tellStandingChanged(id))
        forgetStanding(id, after: tx)
    }

    /// The same in this process only, if the statement that made the change tells the others.
    package func forgetStanding<Entity>(_ id: Identifier<Entity>, after tx: TenantTransaction) {
        tx.afterCommit { standingChanged(id) }
    }

    /// For a change that is already committed.
    package func standingChanged<Entity>(_ id: Identifier<Entity>) {
        standings.forget(id.uuid)
        directory.forget(id.uuid)
    }

    /// The statement that ends all of a user's sessions and tells the other processes.
    package static func endSessions(of user: Identifier<User>, tenant: Identifier<Tenant>, now: Date) -> SQL {
        SessionQueries.endAll(of: user, tenant: tenant, now: now)
    }

    /// Sent in the transaction of the change itself: PostgreSQL delivers it on commit.
    package static func tellStandingChanged<Entity>(_ id: Identifier<Entity>) -> SQL {
        "SELECT pg_notify('tenure_identity', \(id.description))"
    }
}

extension SystemActor {
    /// The same tenant and origin, on behalf of a user who has just proved who they are.
    package func speaking(for user: Identifier<User>) -> SystemActor {
        SystemActor(Caller(tenant: tenant, actor: .user(user), reach: caller.reach, origin: caller.origin))
    }
}
