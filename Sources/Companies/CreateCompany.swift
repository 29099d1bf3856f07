import Identity
import Kernel
import Notifications
import Postgres

/// A company to be created by somebody who works for it.
struct CreateCompany: Codable, Sendable {
    let name: Text<200>
    let website: WebAddress?
    let industry: Text<100>?
    let size: CompanySize?
    let description: Text<5000>?
    let location: Text<200>?
    let logoUrl: WebAddress?
}

extension Companies {
    /// An administrator's company is approved at once. Anybody else's waits for an administrator, unless the tenant says otherwise.
    func create(_ input: CreateCompany, by user: SignedIn) async throws(Failure) -> CompanyView {
        guard !user.caller.roles.isDisjoint(with: [.employer, .tenantAdmin]) else { throw .forbidden }
        let id = Identifier<Company>()
        return try await store.transaction(as: user) { tx in
            let approval = user.caller.roles.contains(.tenantAdmin) ? .approved : try await approvalOfNewCompany(input.name, by: user, tx)
            tx.queue(CompanyQueries.insert(id, input, approval, creator: user.user, tx))
            tx.queue(MemberQueries.insert(id, user.user, .companyAdmin, .active, tx))
            identity.standingChanged(user.user, in: tx)
            let company = try await self.company(id, in: tx)
            try tx.append(CompanyCreated(company: CompanyFact(company)))
            if approval == .pending { try await tellAdministrators(of: company, tx) }
            return company
        }
    }

    private func approvalOfNewCompany(
        _ name: Text<200>,
        by user: SignedIn,
        _ tx: TenantTransaction
    ) async throws(Failure) -> CompanyApproval {
        tx.queue(CompanyQueries.lockFounder(user.user, tx))
        let founder = try await tx.first(CompanyQueries.founder(user.user, name, tx))
        guard let founder else { throw .unauthorized }
        let (isVerified, waits, isTaken) = try reading {
            (try founder("is_verified") as Bool, try founder("waits") as Bool, try founder("is_taken") as Bool)
        }
        guard isVerified else { throw .emailUnverified }
        switch try await identity.employerSignUp(tx) {
        case .closed: throw .employerSignUpClosed
        case .open: return .approved
        case .approval:
            if waits { throw .companyWaits }
            if isTaken { throw .companyNameTaken }
            return .pending
        }
    }

    private func tellAdministrators(of company: CompanyView, _ tx: TenantTransaction) async throws(Failure) {
        try await notifications.tell(
            "\(company.name) has signed up and is waiting for your approval.",
            about: EventSubject("company", company.id),
            to: try await identity.tenantAdmins(in: tx),
            tx
        )
    }
}
