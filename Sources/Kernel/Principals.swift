package import Postgres

/// A caller whose standing has been checked: holding one is the proof, and nothing else opens a tenant transaction.
package protocol Principal: Sendable {
    var caller: Caller { get }
    /// Nil if the caller doesn't have this standing.
    init?(_ caller: Caller)
}

extension Principal {
    package var tenant: Identifier<Tenant> { caller.tenant }
}

/// Anybody, signed in or not.
package struct Anonymous: Principal {
    package let caller: Caller
    package init(_ caller: Caller) { self.caller = caller }
}

/// Any signed-in user.
package struct SignedIn: Principal {
    package let caller: Caller
    package let user: Identifier<User>

    package init?(_ caller: Caller) {
        guard let user = caller.user else { return nil }
        self.caller = caller
        self.user = user
    }

    package var member: Member? { Member(caller) }
}

/// Anyone who may look at what is theirs: a signed-in user, or a rule or background work acting for the tenant.
package struct Reader: Principal {
    package let caller: Caller
    package var user: Identifier<User>? { caller.user }
    package var member: Member? { Member(caller) }

    package init?(_ caller: Caller) {
        guard caller.actor != .anonymous else { return nil }
        self.caller = caller
    }
}

/// A signed-in user with the role candidate.
package struct CandidateUser: Principal {
    package let caller: Caller
    package let user: Identifier<User>

    package init?(_ caller: Caller) {
        guard let user = caller.user, caller.roles.contains(.candidate) else { return nil }
        self.caller = caller
        self.user = user
    }
}

/// Somebody who works for an employer: a member of a company, a tenant admin, or a rule or background work acting for the tenant.
package struct Member: Principal {
    package let caller: Caller

    package init?(_ caller: Caller) {
        switch caller.reach {
        case .companies(let companies): guard !companies.isEmpty else { return nil }
        case .wholeTenant: break
        }
        self.caller = caller
    }

    /// The user, unless a rule or background work acts.
    package var user: Identifier<User>? { caller.user }

    /// The companies in which the member holds a permission.
    package func scope(_ permission: Permission) -> CompanyScope {
        switch caller.reach {
        case .wholeTenant(let granted): granted.contains(permission) ? .all : .some([])
        case .companies(let companies): .some(companies.filter { $0.value.permissions.contains(permission) }.map(\.key))
        }
    }

    package func require(_ permission: Permission, in company: Identifier<Company>) throws(Failure) {
        guard scope(permission).contains(company) else { throw .forbidden }
    }
}

/// The companies that a statement may reach.
package enum CompanyScope: Sendable {
    case all
    case some([Identifier<Company>])

    package func contains(_ company: Identifier<Company>) -> Bool {
        switch self {
        case .all: true
        case .some(let companies): companies.contains(company)
        }
    }

    package var isWholeTenant: Bool {
        guard case .all = self else { return false }
        return true
    }

    /// The same as conditions one beside the other, each of which an index with the company in it answers in its order.
    package func parts(_ column: StaticString) -> [SQL] {
        switch self {
        case .some(let companies) where companies.count <= ListQuery.mostBranches:
            companies.map { "\(raw: column) = \($0)" }
        default: [includes(column)]
        }
    }

    /// A condition on a company column: `AND \(fragment: scope.includes("j.company_id"))`.
    package func includes(_ column: StaticString) -> SQL {
        switch self {
        case .all: "TRUE"
        case .some(let companies): "\(raw: column) = ANY(\(companies.map(\.uuid))::uuid[])"
        }
    }
}

/// The tenant's own administrator.
package struct TenantAdmin: Principal {
    package let caller: Caller

    package init?(_ caller: Caller) {
        guard caller.roles.contains(.tenantAdmin) else { return nil }
        self.caller = caller
    }
}

/// Runs the installation. Reaches other tenants only through `OperatorDoor`.
package struct SystemAdmin: Principal {
    package let caller: Caller
    package let user: Identifier<User>

    package init?(_ caller: Caller) {
        guard let user = caller.user, caller.roles.contains(.systemAdmin) else { return nil }
        self.caller = caller
        self.user = user
    }
}

/// The server itself working for one tenant, with the event that caused the work.
package struct SystemActor: Principal {
    package let caller: Caller

    package init(_ caller: Caller) { self.caller = caller }

    package init(
        tenant: Identifier<Tenant>,
        cause: Identifier<EventRecord>? = nil,
        depth: Int = 0,
        origin: Origin = .inside,
        work: Identifier<WorkRecord>? = nil
    ) {
        caller = Caller(
            tenant: tenant,
            actor: .system,
            reach: .wholeTenant(Role.tenantAdmin.permissions),
            origin: origin,
            cause: cause,
            depth: depth,
            work: work
        )
    }
}

/// Who may call an operation, as its documentation says it.
package enum AccessLevel: String, Sendable {
    case anyone, signedIn, inPerson, candidate, member, tenantAdmin, tenantAdminInPerson, systemAdmin

    /// As the API document says it.
    package var words: String {
        switch self {
        case .anyone: "For anyone, signed in or not."
        case .signedIn: "For everyone who is signed in."
        case .inPerson: "For everyone who is signed in themself, and no program."
        case .candidate: "For candidates."
        case .member: "For members of a company and the tenant's administrators."
        case .tenantAdmin: "For the tenant's administrators."
        case .tenantAdminInPerson: "For the tenant's administrators themselves, and no program."
        case .systemAdmin: "For administrators of the whole installation."
        }
    }
}

/// Who may call an operation: a principal type, and for members a permission.
package struct Access<P: Principal>: Sendable {
    let level: AccessLevel
    package let permission: Permission?
    /// Whether programs are excluded: no API key has this standing, or it concerns the person.
    var isInPerson = false
    let admit: @Sendable (Caller) -> P?

    func principal(_ caller: Caller) throws(Failure) -> P {
        guard let principal = admit(caller) else { throw caller.refusal }
        return principal
    }
}

extension Access where P == Anonymous {
    package static var anyone: Self { Access(level: .anyone, permission: nil, isInPerson: true) { Anonymous($0) } }
}

extension Access where P == SignedIn {
    package static var signedIn: Self { Access(level: .signedIn, permission: nil) { SignedIn($0) } }
    /// For what concerns the person and their sessions: not with an API key.
    package static var inPerson: Self { Access(level: .inPerson, permission: nil, isInPerson: true) { SignedIn($0) } }
}

extension Access where P == Reader {
    package static var reader: Self { Access(level: .signedIn, permission: nil) { Reader($0) } }
}

extension Access where P == CandidateUser {
    package static var candidate: Self { Access(level: .candidate, permission: nil, isInPerson: true) { CandidateUser($0) } }
}

extension Access where P == Member {
    package static func member(_ permission: Permission) -> Self {
        Access(level: .member, permission: permission) { caller in
            caller.permissions.contains(permission) ? Member(caller) : nil
        }
    }
}

extension Access where P == TenantAdmin {
    package static var tenantAdmin: Self { Access(level: .tenantAdmin, permission: .administerTenant) { TenantAdmin($0) } }
    package static var tenantAdminInPerson: Self {
        Access(level: .tenantAdminInPerson, permission: .administerTenant, isInPerson: true) { TenantAdmin($0) }
    }
}

extension Access where P == SystemAdmin {
    package static var systemAdmin: Self {
        Access(level: .systemAdmin, permission: .administerSystem, isInPerson: true) { SystemAdmin($0) }
    }
}
