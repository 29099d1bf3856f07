import Kernel
import Postgres

extension Rules {
    /// The trial that a draft needs before it may run. A library is tried through the rules that use it.
    func requireTrial(of draft: SourceDraft, _ checked: CheckedSource, in tx: TenantTransaction) async throws(Failure) -> Trial? {
        let rows = try await tx.query(TrialQueries.trial(of: draft.digest(checked.modules), tenant: tx.tenant))
        let trial = try rows.decoded(Trial.init).first
        guard trial != nil || draft.kind == .library else { throw .scriptUntried }
        return trial
    }
}
