/// Tags for the entities that a principal is made of.
package enum Tenant {}
package enum User {}
package enum Company {}
package enum Session {}

/// Who is calling, in which tenant, from where: made by sign-in, by the worker or by the rule engine, never by a capability.
/// The principals below are its narrower views; an operation names the one it needs as a parameter type.
package struct Caller: Sendable {
    /// Which companies' rows the caller may touch.
    package enum Reach: Sendable {
        case companies([Identifier<Company>: Role])
        case wholeTenant(Set<Permission>)
    }

    package let tenant: Identifier<Tenant>
    package let actor: EventActor
    package let session: Identifier<Session>?
    package let roles: Set<Role>
    package let reach: Reach
    package let origin: Origin
    /// The event that led to this call, if a rule or background work makes it.
    package let cause: Identifier<EventRecord>?
    /// The length of the chain of causes, in events.
    package let depth: Int
    /// An open transaction that every statement of this caller joins; it commits or fails as one.
    package private(set) var transaction: TenantTransaction?
    package let tier: Tier
    /// The API key, if the caller is a program.
    package private(set) var key: ProgramKey?
    /// The work item that is being done.
    package let work: Identifier<WorkRecord>?
    /// How long each statement of the operation may take.
    package private(set) var budget: TimeBudget?
    /// Stores the operation's answer, if an `Idempotency-Key` was claimed for it.
    package private(set) var answerKeeper: AnswerKeeper?

    package init(
        tenant: Identifier<Tenant>,
        actor: EventActor,
        session: Identifier<Session>? = nil,
        roles: Set<Role> = [],
        reach: Reach = .companies([:]),
        origin: Origin = .inside,
        cause: Identifier<EventRecord>? = nil,
        depth: Int = 0,
        transaction: TenantTransaction? = nil,
        tier: Tier = .free,
        key: ProgramKey? = nil,
        work: Identifier<WorkRecord>? = nil
    ) {
        self.tenant = tenant
        self.actor = actor
        self.session = session
        self.roles = roles
        self.reach = reach
        self.origin = origin
        self.cause = cause
        self.depth = depth
        self.transaction = transaction
        self.tier = tier
        self.key = key
        self.work = work
    }

    /// The same caller inside an open transaction.
    package func joining(_ transaction: TenantTransaction) -> Caller {
        var caller = self
        caller.transaction = transaction
        return caller
    }

    /// The same caller in an operation that may take so long. In an open transaction the time is set already.
    func within(_ budget: TimeBudget?) -> Caller {
        guard transaction == nil else { return self }
        var caller = self
        caller.budget = budget
        return caller
    }

    /// The same caller in an operation whose answer is to be stored with its last write.
    package func keepingAnswer(_ keeper: AnswerKeeper) -> Caller {
        var caller = self
        caller.answerKeeper = keeper
        return caller
    }

    /// The same caller restricted to what the key allows: whatever a program starts can do no more than the program.
    package func limited(to key: ProgramKey?) -> Caller {
        var caller = self
        caller.key = key
        return caller
    }

    /// Throws if a program calls with a key that lacks the scope; for checks beyond the operation itself.
    package func requireScope(_ scope: KeyScope) throws(Failure) {
        if let key { try KeyAccess.scope(scope).admit(key) }
    }

    /// Everything that decides what the caller may do and see, as one string: their access is unchanged as long as it is.
    package var standing: String {
        let reach =
            switch reach {
            case .companies(let companies): companies.map { "\($0.key)=\($0.value.rawValue)" }
            case .wholeTenant(let granted): ["*"] + granted.map(\.rawValue)
            }
        let parts = [roles.map(\.rawValue), reach, key?.scopes.map(\.rawValue) ?? []]
        return parts.map { $0.sorted().joined(separator: ",") }.joined(separator: ";")
    }

    /// Why a caller who isn't admitted was refused.
    package var refusal: Failure { actor == .anonymous ? .unauthorized : .forbidden }

    package var user: Identifier<User>? {
        guard case .user(let user) = actor else { return nil }
        return user
    }

    package var permissions: Set<Permission> {
        var permissions = roles.reduce(into: Set<Permission>()) { $0.formUnion($1.permissions) }
        switch reach {
        case .companies(let companies): for role in companies.values { permissions.formUnion(role.permissions) }
        case .wholeTenant(let granted): permissions.formUnion(granted)
        }
        return permissions
    }
}

/// What a user has paid for: decides limits.
package enum Tier: String, Sendable, CaseIterable, Codable {
    case free, premium, enterprise
}

/// Where a call came from, for the log, sessions and the audit.
package struct Origin: Sendable {
    package let address: String
    package let userAgent: String
    package let requestID: String

    package init(address: String, userAgent: String, requestID: String) {
        self.address = address
        self.userAgent = userAgent
        self.requestID = requestID
    }

    package static let inside = Origin(address: "", userAgent: "", requestID: "")
}
