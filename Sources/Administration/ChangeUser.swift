import Identity
import Kernel
import Postgres

package struct ChangeUser: Codable, Sendable {
    /// The roles that a tenant admin can give; who runs the installation is not up to them.
    package enum GrantableRole: String, Codable, CaseIterable, Sendable {
        case candidate, employer, tenantAdmin

        var role: Role {
            switch self {
            case .candidate: .candidate
            case .employer: .employer
            case .tenantAdmin: .tenantAdmin
            }
        }
    }

    package enum Status: String, Codable, CaseIterable, Sendable {
        case active, deactivated
    }

    let id: Identifier<User>
    let roles: FilledList<GrantableRole, 3>?
    let status: Status?
}

extension Administration {
    func changeUser(_ input: ChangeUser, by admin: TenantAdmin) async throws(Failure) -> UserAccount {
        try await store.transaction(as: admin) { tx in
            try await identity.lockAdministrators(beside: input.id, tx)
            guard let row = try await tx.first(AccountQueries.lock(input.id, tx)) else { throw Failure.userNotFound }
            let account = try UserAccount(row)
            guard !account.roles.contains(.systemAdmin) || admin.caller.roles.contains(.systemAdmin) else {
                throw Failure.systemAdministrator
            }
            let roles = input.roles(of: account)
            let hasPassword: Bool = try row("has_password")
            let status = input.status(of: account, hasPassword: hasPassword)
            // An account without a password is opened only by mail.
            guard account.emailVerifiedAt != nil || !hasPassword || Set(roles).subtracting(account.roles).isSubset(of: [.candidate]) else {
                throw Failure.emailUnverified
            }
            guard Set(roles) != Set(account.roles) || status != account.status else { return account }
            try await refuseToLoseLastAdministrator(account, roles: roles, status: status, tx)
            return try await write(roles, status, over: account, tx)
        }
    }

    private func refuseToLoseLastAdministrator(
        _ account: UserAccount,
        roles: [Role],
        status: UserStatus,
        _ tx: TenantTransaction
    ) async throws(Failure) {
        guard account.status == .active else { return }
        if status == .deactivated { return try await identity.requireAnotherAdministrator(beside: account.id, tx) }
        guard account.roles.contains(.tenantAdmin), !roles.contains(.tenantAdmin) else { return }
        if try await tx.query(AccountQueries.otherTenantAdmins(beside: account.id, tx)).isEmpty { throw .lastAdministrator }
    }

    private func write(
        _ roles: [Role],
        _ status: UserStatus,
        over old: UserAccount,
        _ tx: TenantTransaction
    ) async throws -> UserAccount {
        guard let row = try await tx.first(AccountQueries.update(old.id, roles: roles, status: status, tx)) else {
            throw Failure.userNotFound
        }
        let user = try UserFact(row)
        if Set(roles) != Set(old.roles) { try tx.append(UserRolesChanged(user: user, from: old.roles)) }
        if status == .deactivated, old.status != .deactivated {
            tx.queue(Identity.endSessions(of: old.id, tenant: tx.tenant, now: tx.now))
            try tx.append(UserDeactivated(user: user, isDeleted: false))
        }
        if status != .deactivated, old.status == .deactivated { try tx.append(UserReactivated(user: user)) }
        identity.standingChanged(old.id, in: tx)
        return try UserAccount(row)
    }
}

extension ChangeUser {
    /// The role of running the installation is neither given nor taken here.
    fileprivate func roles(of account: UserAccount) -> [Role] {
        guard let roles else { return account.roles }
        let named = Set(roles.elements.map(\.role)).union(account.roles.filter { $0 == .systemAdmin })
        return Role.allCases.filter(named.contains)
    }

    /// An account that never had a password waits for its invitation to be used again.
    fileprivate func status(of account: UserAccount, hasPassword: Bool) -> UserStatus {
        switch status {
        case nil: account.status
        case .deactivated: .deactivated
        case .active: hasPassword ? .active : .invited
        }
    }
}
