import Foundation
import Jobs
package import Kernel

struct MoveManyApplications: Codable, Sendable {
    let ids: FilledList<Identifier<Application>, 100>
    let status: Text<60>
    let reason: Text<500>?
}

package struct MoveResult: Codable, Sendable {
    package struct Problem: Codable, Sendable {
        package let code: String
        package let message: String
        /// Field name to what is wrong with it, or what would be allowed.
        package let details: [String: JSON]
    }

    package let id: Identifier<Application>
    package let moved: Bool
    package let error: Problem?
}

extension Applications {
    /// Each application moves, or doesn't, on its own: a refusal affects no other. All that move do so at the same time.
    func moveMany(_ input: MoveManyApplications, by member: Member) async throws(Failure) -> Items<MoveResult> {
        try await store.transaction(as: member) { tx in
            let ids = input.ids.elements
            let cases = try await openCases(ids, tx)
            let pipelines = try await jobs.pipelines(Set(cases.values.map(\.application.pipelineId)), in: tx)
            var moves: [DecidedMove] = []
            var results: [MoveResult] = []
            for id in ids {
                do throws(Failure) {
                    guard let subject = cases[id], let pipeline = pipelines[subject.application.pipelineId] else {
                        throw .applicationNotFound
                    }
                    try subject.check(member, may: .moveApplications)
                    // If it is named twice, it has moved already.
                    guard !moves.contains(where: { $0.subject.application.id == id }) else {
                        throw .illegalMove(from: input.status.value, to: input.status.value, allowed: [])
                    }
                    moves.append(
                        try await decide(subject, to: input.status.value, reason: input.reason?.value, comment: nil, in: pipeline, tx)
                    )
                    results.append(MoveResult(id: id, moved: true, error: nil))
                } catch {
                    guard error.kind != .internal, error.kind != .unavailable else { throw error }
                    results.append(
                        MoveResult(id: id, moved: false, error: .init(code: error.code, message: error.message, details: error.details))
                    )
                }
            }
            if moves.isEmpty { return Items(results) }
            tx.queue(ApplicationQueries.move(moves.map { ($0.subject.application.id, $0.stage) }, tx))
            for move in moves { try append(move, tx) }
            try await callOff(moves.filter(\.stage.category.isFinal).map(\.subject.application.id), tx)
            return Items(results)
        }
    }
}
