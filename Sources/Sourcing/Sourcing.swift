package import Applications
package import Candidates
package import Companies
package import Identity
package import Kernel
import Postgres
package import Resumes

/// Candidates whom companies enter themselves, one by one or from a file: without an account, until they accept an invitation or register
/// with the same address.
package struct Sourcing: Capability {
    let store: TenantStore
    let identity: Identity
    let companies: Companies
    let candidates: Candidates
    let applications: Applications
    let resumes: Resumes

    package init(
        store: TenantStore,
        identity: Identity,
        companies: Companies,
        candidates: Candidates,
        applications: Applications,
        resumes: Resumes
    ) {
        self.store = store
        self.identity = identity
        self.companies = companies
        self.candidates = candidates
        self.applications = applications
        self.resumes = resumes
    }

    package static var events: [any Event.Type] { [CandidatesImported.self] }

    package var work: [WorkHandler] { [WorkHandler(run)] }

    /// A file of candidates is kept for as long as somebody may ask what became of it.
    package var upkeep: [Upkeep] { [.expired("candidate imports", from: "candidate_imports", by: "created_at", after: 90 * 86_400)] }

    package static var part: APIPart { .hiring }
    package static var countedTables: [StaticString] { ["sourced_candidates"] }

    /// The company's name. Who may look at its candidates but not add any is forbidden to; another's company is not found.
    func company(_ id: Identifier<Company>, of member: Member, in tx: TenantTransaction) async throws(Failure) -> String {
        guard let name = try await companies.names([id], in: tx)[id] else { throw .companyNotFound }
        try member.require(.addCandidates, in: id)
        return name
    }

    /// The same, before anything that takes longer.
    func requireCompany(_ id: Identifier<Company>, of member: Member) async throws(Failure) {
        try await store.transaction(as: member) { tx in _ = try await company(id, of: member, in: tx) }
    }
}
