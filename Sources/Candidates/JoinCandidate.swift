import Identity
import Kernel
import Postgres

extension Candidates {
    /// Joins an account with what companies kept under its address: once its holder has shown that the mailbox is theirs, so that a stranger
    /// who registers with somebody's address gets nothing. Applications and resumes become the account's; the former ids lead to it.
    func join(_ work: JoinCandidate, as system: SystemActor) async throws {
        try await store.transaction(as: system) { tx in
            tx.queue(MergeQueries.lock(tx.tenant))
            guard let holder = try await tx.first(SourcedQueries.holder(work.user, tenant: tx.tenant)) else { return }
            let kept: Identifier<User> = try holder("kept_id")
            let waiting = try await tx.query(SourcedQueries.waiting(for: work.user, of: work.company, tenant: tx.tenant))
            for former in try waiting.decoded({ try $0("id") as Identifier<User> }) {
                let pair = MergeCandidates(keptId: kept, mergedId: former)
                guard let row = try await tx.first(MergeQueries.insert(Identifier(), pair, tx)) else { throw Failure.candidateNotFound }
                let merge = try Merge(row)
                for belonging in capabilities.belongings { tx.queue(SourcedQueries.move(belonging, of: former, to: kept, tx)) }
                try tx.append(CandidatesMerged(mergeId: merge.id, keptId: kept, mergedId: former, reasons: merge.reasons))
            }
        }
    }
}
