import Kernel
import Postgres

/// Ends the session that asks for it.
struct SignOut: Codable, Sendable {
    let refreshToken: Text<200>?
}

extension Identity {
    func signOut(_ input: SignOut, by user: SignedIn) async throws(Failure) -> NoContent {
        let token = input.refreshToken.flatMap { OpaqueToken($0.value, .refresh) }
        let rows = try await store.query(as: user, SessionQueries.signOut(user, token: token, now: store.clock.now()))
        for row in rows { standingChanged(try reading { try row("id") as Identifier<Session> }) }
        return NoContent()
    }
}
