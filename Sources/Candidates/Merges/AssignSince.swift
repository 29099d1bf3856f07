import Foundation
import Kernel
import Postgres

/// Says whose something is that was added while two candidates were merged.
struct AssignSince: Codable, Sendable {
    /// Of the merge, which must have been undone.
    let id: Identifier<Merge>
    let kind: Text<40>
    let subjectId: UUID
    /// One of the two.
    let candidateId: Identifier<User>
}

extension Candidates {
    /// Can be repeated and reversed: the thing moves between the two, and the ledger keeps the latest decision.
    func assign(_ input: AssignSince, by member: Member) async throws(Failure) -> SinceMerge {
        try member.requireWholeTenant(.mergeCandidates)
        return try await store.transaction(as: member) { tx in
            tx.queue(MergeQueries.lock(tx.tenant))
            let merge = try await merge(input.id, in: tx)
            guard merge.undoneAt != nil else { throw Failure.mergeStands }
            guard merge.sides.contains(input.candidateId) else {
                throw Failure.validation("candidateId", "Must be one of the two who were merged.")
            }
            guard let belonging = capabilities.belongings.first(where: { $0.kind == input.kind.value }) else {
                let kinds = capabilities.belongings.map(\.kind).joined(separator: ", ")
                throw Failure.validation("kind", "Must be one of: \(kinds).")
            }
            // Either an erasure of one of them waits for this, or this sees that it has begun.
            let there = try await tx.query(SinceQueries.lockThere(merge.sides, tx)).map { try $0("id") as Identifier<User> }
            guard there.contains(input.candidateId) else { throw Failure.candidateNotFound }
            let statement = SinceQueries.list(merge, [belonging], only: input.subjectId, tenant: tx.tenant)
            guard let row = try await tx.first(statement) else { throw Failure.sinceNotFound }
            let thing = try SinceMerge(row)
            if thing.candidateId != input.candidateId {
                guard try await tx.first(SinceQueries.move(belonging, input, tx)) != nil else { throw Failure.assignmentTaken }
            }
            guard thing.candidateId != input.candidateId || thing.assignedAt == nil else { return thing }
            tx.queue(SinceQueries.record(input, tx))
            try tx.append(
                SinceAssigned(mergeId: merge.id, thing: thing.subject, candidateId: input.candidateId, formerId: thing.candidateId)
            )
            guard let assigned = try await tx.first(statement) else { throw Failure.sinceNotFound }
            return try SinceMerge(assigned)
        }
    }
}
