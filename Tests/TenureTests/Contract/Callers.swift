import Kernel

/// One caller of every standing, as made by signing in.
enum Callers {
    static let anonymous = Caller(tenant: Identifier(), actor: .anonymous)

    static func holding(_ role: Role) -> Caller {
        let user = EventActor.user(Identifier())
        let company = Identifier<Company>()
        return switch role {
        case .candidate, .employer, .systemAdmin: Caller(tenant: Identifier(), actor: user, roles: [role])
        case .recruiter, .hiringManager, .companyAdmin:
            Caller(tenant: Identifier(), actor: user, roles: [.employer], reach: .companies([company: role]))
        case .tenantAdmin: Caller(tenant: Identifier(), actor: user, roles: [role], reach: .wholeTenant(role.permissions))
        }
    }
}

extension APIOperation {
    func admits(_ caller: Caller) -> Bool {
        do throws(Failure) {
            try admit(caller)
            return true
        } catch {
            return false
        }
    }
}
