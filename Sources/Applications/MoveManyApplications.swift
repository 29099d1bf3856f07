import Foundation
import Jobs
package import Kernel
import Postgres

struct MoveManyApplications: Codable, Sendable {
    let ids: FilledList<Identifier<Application>, 100>
    let status: Text<60>
    let reason: Text<500>?
}

struct UndoMoves: Codable, Sendable {
    /// As the results of the moves name it.
    let group: Identifier<MoveGroup>
}

/// Tag for moves that were made together.
package enum MoveGroup {}

package struct MoveResult: Codable, Sendable {
    package struct Problem: Codable, Sendable {
        package let code: String
        package let message: String
        /// The field of the request that it is about: `ids.3`, `status` or `reason`.
        package let field: String?
        /// Field name to what is wrong with it, or what would be allowed.
        package let details: [String: JSON]
    }

    package let id: Identifier<Application>
    package let moved: Bool
    package let error: Problem?
    /// The same in all that moved together: what to name to take them back.
    package let group: Identifier<MoveGroup>?
}

extension Applications {
    /// Each application moves, or doesn't, on its own: a refusal affects no other. All that move do so at the same time.
    func moveMany(_ input: MoveManyApplications, by member: Member) async throws(Failure) -> Items<MoveResult> {
        try await store.transaction(as: member) { tx in try await moveMany(input, by: member, tx) }
    }

    /// What the moves would come to, rules included; nothing of it is kept.
    func previewMoves(_ input: MoveManyApplications, by member: Member) async throws(Failure) -> Items<MoveResult> {
        let results = try await store.trial(as: member) { tx in
            let results = try await moveMany(input, by: member, tx)
            try await tx.checkAll()
            return results
        }
        return Items(results.items.map { MoveResult(id: $0.id, moved: $0.moved, error: $0.error, group: nil) })
    }

    private func moveMany(
        _ input: MoveManyApplications,
        by member: Member,
        _ tx: TenantTransaction
    ) async throws(Failure) -> Items<MoveResult> {
        let group = Identifier<MoveGroup>()
        let ids = input.ids.elements
        let cases = try await openCases(ids, tx)
        let pipelines = try await jobs.pipelines(Set(cases.values.map(\.application.pipelineId)), in: tx)
        var moves: [DecidedMove] = []
        var results: [MoveResult] = []
        for (index, id) in ids.enumerated() {
            do throws(Failure) {
                guard let subject = cases[id], let pipeline = pipelines[subject.application.pipelineId] else {
                    throw .applicationNotFound
                }
                try subject.check(member, may: .moveApplications)
                // If it is named twice, it has moved already.
                guard !moves.contains(where: { $0.subject.application.id == id }) else {
                    throw .illegalMove(from: input.status.value, to: input.status.value, allowed: [])
                }
                var move = try await decide(
                    subject,
                    to: input.status.value,
                    reason: input.reason?.value,
                    comment: nil,
                    in: pipeline,
                    tx
                )
                move.group = group
                moves.append(move)
                results.append(MoveResult(id: id, moved: true, error: nil, group: group))
            } catch {
                guard error.kind != .internal, error.kind != .unavailable else { throw error }
                results.append(MoveResult(id: id, moved: false, error: .init(error, at: index), group: nil))
            }
        }
        if moves.isEmpty { return Items(results) }
        tx.queue(ApplicationQueries.move(moves.map { ($0.subject.application.id, $0.stage) }, tx))
        for move in moves { try append(move, tx) }
        try await callOff(moves.filter(\.stage.category.isFinal).map(\.subject.application.id), tx)
        return Items(results)
    }
}

extension Applications {
    /// Takes back the moves that were made together, each as `undoMove` would, or says why not: what has moved on since stays where it is.
    func undoMoves(_ input: UndoMoves, by member: Member) async throws(Failure) -> Items<MoveResult> {
        try await store.transaction(as: member) { tx in
            let since = tx.now - Self.undoPeriod
            let moved: [Identifier<Application>] = try await tx.query(
                ApplicationQueries.moved(inGroup: input.group, since: since, tenant: tx.tenant)
            ).decoded { try $0("subject_id") }
            let cases = try await openCases(moved, tx)
            // Whoever may see none of them isn't told that there was such a group.
            let seen = moved.filter { id in (try? cases[id]?.check(member, may: .moveApplications)) != nil }
            guard !seen.isEmpty else { throw Failure.nothingToUndo }
            var results: [MoveResult] = []
            for (index, id) in seen.enumerated() {
                guard let subject = cases[id] else { continue }
                do throws(Failure) {
                    _ = try await undoMove(of: subject, madeIn: input.group, tx)
                    results.append(MoveResult(id: id, moved: true, error: nil, group: nil))
                } catch {
                    guard error.kind != .internal, error.kind != .unavailable else { throw error }
                    results.append(MoveResult(id: id, moved: false, error: .init(error, at: index), group: nil))
                }
            }
            return Items(results)
        }
    }
}

extension MoveResult.Problem {
    fileprivate init(_ failure: Failure, at index: Int) {
        let field =
            switch failure.code {
            case Failure.hireUnexplained.code: "reason"
            case Failure.illegalMove(from: "", to: "", allowed: []).code: "status"
            default: failure.kind == .validation ? failure.details.keys.min() ?? "ids.\(index)" : "ids.\(index)"
            }
        self.init(code: failure.code, message: failure.message, field: field, details: failure.details)
    }
}
