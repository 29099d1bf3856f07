import Identity
import Kernel
import Notifications
import Postgres

/// Approves a company that has signed up.
struct ApproveCompany: Codable, Sendable {
    let id: Identifier<Company>
}

/// Rejects a company, or revokes its approval.
struct RejectCompany: Codable, Sendable {
    let id: Identifier<Company>
    let reason: Text<1000>
}

extension Companies {
    func approve(_ input: ApproveCompany, by admin: TenantAdmin) async throws(Failure) -> CompanyView {
        try await decide(.approved, input.id, nil, by: admin)
    }

    /// Its members lose access at once, and its published jobs are hidden until it is approved again.
    func reject(_ input: RejectCompany, by admin: TenantAdmin) async throws(Failure) -> CompanyView {
        try await decide(.rejected, input.id, input.reason.value, by: admin)
    }

    private func decide(
        _ approval: CompanyApproval,
        _ id: Identifier<Company>,
        _ reason: String?,
        by admin: TenantAdmin
    ) async throws(Failure) -> CompanyView {
        try await store.transaction(as: admin) { tx in
            guard let row = try await tx.first(CompanyQueries.company(id, tenant: tx.tenant, locked: true)) else {
                throw Failure.companyNotFound
            }
            let current = try CompanyView(row)
            guard current.approval != approval else { return current }
            tx.queue(CompanyQueries.decide(approval, reason, id, tx))
            let members = try await tx.query(CompanyQueries.tellMembers(of: id, tx)).map { try $0("user_id") as Identifier<User> }
            for member in members { identity.forgetStanding(member, after: tx) }
            let company = try await self.company(id, in: tx)
            switch approval {
            case .rejected: try tx.append(CompanyRejected(company: CompanyFact(company), reason: reason ?? ""))
            case .approved, .pending: try tx.append(CompanyApproved(company: CompanyFact(company)))
            }
            try await tellAdministrators(of: company, after: current.approval, tx)
            return company
        }
    }

    /// The company's administrators, who are told by mail too, because they are waiting for it.
    private func tellAdministrators(of company: CompanyView, after before: CompanyApproval, _ tx: TenantTransaction) async throws {
        let words =
            switch company.approval {
            case .approved: "\(company.name) is approved. You can publish jobs and invite colleagues now."
            case .pending, .rejected:
                (before == .approved ? "\(company.name) is no longer approved." : "\(company.name) was not approved.")
                    + " \(company.approvalReason ?? "")"
            }
        let administrators = try await tx.query(CompanyQueries.administrators(of: company.id, tx)).map {
            try $0("user_id") as Identifier<User>
        }
        try await notifications.tell(words, about: EventSubject("company", company.id), to: administrators, alwaysByMail: true, tx)
    }
}
