package import Kernel

struct MoveManyApplications: Codable, Sendable {
    let ids: List<Identifier<Application>, 100>
    let status: Text<60>
    let reason: Text<500>?
}

package struct MoveResult: Codable, Sendable {
    package struct Problem: Codable, Sendable {
        package let code: String
        package let message: String
    }

    package let id: Identifier<Application>
    package let moved: Bool
    package let error: Problem?
}

extension Applications {
    /// Each application moves, or doesn't, by itself: one refusal holds up nobody else.
    func moveMany(_ input: MoveManyApplications, by member: Member) async throws(Failure) -> Items<MoveResult> {
        var results: [MoveResult] = []
        for id in input.ids.elements {
            let single = MoveApplication(id: id, ifMatch: nil, status: input.status, reason: input.reason, comment: nil)
            do {
                _ = try await move(single, by: member)
                results.append(MoveResult(id: id, moved: true, error: nil))
            } catch {
                guard error.kind != .internal, error.kind != .unavailable else { throw error }
                results.append(MoveResult(id: id, moved: false, error: .init(code: error.code, message: error.message)))
            }
        }
        return Items(results)
    }
}
