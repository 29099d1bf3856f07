import Kernel

/// Ends another of the caller's sessions, such as a lost phone's.
struct EndSession: Codable, Sendable {
    let id: Identifier<Session>
}

extension Identity {
    func endSession(_ input: EndSession, by user: SignedIn) async throws(Failure) -> NoContent {
        let rows = try await store.query(as: user, SessionQueries.end(input.id, of: user, now: store.clock.now()))
        guard !rows.isEmpty else { throw .sessionNotFound }
        standingChanged(input.id)
        return NoContent()
    }
}
