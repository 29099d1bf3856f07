import Foundation
import Identity
import Kernel

/// The two companies.
enum Employer: Int, CaseIterable, Sendable {
    case northlight, harborview
}

/// Who handles an application on the employer's side.
enum Colleague: Sendable {
    /// The tenant's administrator, who also administers both companies and makes the offers.
    case admin
    case recruiter
    case manager
    /// A hiring manager at one company.
    case specialist
}

/// The people who work in the demo tenant, and how they call operations.
struct DemoStaff: Sendable {
    private static let specialists: [Employer: (first: String, last: String, email: String)] = [
        .northlight: ("Aylin", "Demir", "aylin.demir@demo.example"),
        .harborview: ("Joost", "van Dijk", "joost.vandijk@demo.example"),
    ]

    private var companies: [Employer: Identifier<Company>] = [:]
    private let tenant: Identifier<Tenant>
    private let admin = Identifier<User>()
    private let recruiter = Identifier<User>()
    private let manager = Identifier<User>()
    private var specialists: [Employer: Identifier<User>] = [:]

    init(_ stage: DemoStage, passwordHash: String, at moment: Date) async throws {
        tenant = stage.tenant
        for employer in Employer.allCases { specialists[employer] = Identifier() }
        for user in users(passwordHash) { try await stage.addUser(user, at: moment) }
        for employer in Employer.allCases { try await open(employer, on: stage, at: moment.addingTimeInterval(3600)) }
    }

    func id(of colleague: Colleague, at employer: Employer) -> Identifier<User> {
        switch colleague {
        case .admin: admin
        case .recruiter: recruiter
        case .manager: manager
        case .specialist: specialists[employer] ?? manager
        }
    }

    func company(_ employer: Employer) -> String { companies[employer]?.description ?? "" }

    func caller(_ colleague: Colleague, at employer: Employer) -> Caller {
        let user = id(of: colleague, at: employer)
        guard colleague != .admin else {
            return Caller(
                tenant: tenant,
                actor: .user(user),
                roles: [.employer, .tenantAdmin],
                reach: .wholeTenant(Role.tenantAdmin.permissions)
            )
        }
        let role: Role = colleague == .recruiter ? .recruiter : .hiringManager
        let reach = companies[employer].map { [$0: role] } ?? [:]
        return Caller(tenant: tenant, actor: .user(user), roles: [.employer], reach: .companies(reach))
    }

    private func users(_ hash: String) -> [NewUser] {
        func user(_ id: Identifier<User>, _ email: String, _ first: String, _ last: String, _ roles: [Role] = [.employer]) -> NewUser {
            NewUser(
                id: id,
                email: email,
                passwordHash: hash,
                firstName: first,
                lastName: last,
                roles: roles,
                status: .active,
                isVerified: true
            )
        }
        return [
            user(admin, "admin@demo.example", "Ingrid", "Solberg", [.employer, .tenantAdmin]),
            user(recruiter, "recruiter@demo.example", "Tomás", "Ferreira"),
            user(manager, "manager@demo.example", "Priya", "Raman"),
        ]
            + Employer.allCases.compactMap { employer in
                Self.specialists[employer].map { user(id(of: .specialist, at: employer), $0.email, $0.first, $0.last) }
            }
    }

    private mutating func open(_ employer: Employer, on stage: DemoStage, at moment: Date) async throws {
        let company = try await stage.perform("POST /companies", by: caller(.admin, at: employer), at: moment, employer.profile)
        let id = company["id"]?.string ?? ""
        companies[employer] = Identifier(id)
        let members = [
            (recruiter, "recruiter@demo.example", "recruiter"), (manager, "manager@demo.example", "hiringManager"),
            (self.id(of: .specialist, at: employer), Self.specialists[employer]?.email ?? "", "hiringManager"),
        ]
        for (user, email, role) in members {
            let body: JSON = ["email": .string(email), "role": .string(role)]
            try await stage.perform("POST /companies/{id}/users", by: caller(.admin, at: employer), at: moment, id: id, body)
            if let company = companies[employer] { try await stage.join(company, user, at: moment.addingTimeInterval(3600)) }
        }
    }
}

extension Employer {
    fileprivate var profile: JSON {
        switch self {
        case .northlight:
            [
                "name": "Northlight Software", "industry": "Software", "size": "51-200", "location": "Berlin, Germany",
                "website": "https://www.northlight.example",
                "description": "Northlight makes planning software for port operators: who berths when, which crane works where.",
            ]
        case .harborview:
            [
                "name": "Harborview Care & Logistics", "industry": "Health care and logistics", "size": "501-1000",
                "location": "Rotterdam, Netherlands", "website": "https://www.harborview.example",
                "description": "Harborview runs two clinics and four care homes, and the warehouse and the trucks that supply them.",
            ]
        }
    }
}
