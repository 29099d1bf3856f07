import Foundation
import Kernel
import Postgres

/// A refresh token to be exchanged, which works once.
struct RefreshSession: Codable, Sendable {
    let refreshToken: Text<200>
}

extension Identity {
    /// Rotates a refresh token in one statement. A client that raced itself gets the same successor for 10 s; later, a used token can only
    /// be a stolen one, or its thief's: the whole session ends (RFC 9700 section 4.14.2).
    func refresh(_ input: RefreshSession, by caller: Anonymous) async throws(Failure) -> SignedInView {
        guard let presented = OpaqueToken(input.refreshToken.value, .refresh) else { throw .refreshTokenInvalid }
        let successor = OpaqueToken(.refresh, tenant: presented.tenant)
        let actor = SystemActor(tenant: presented.tenant, origin: caller.caller.origin)
        let rotation: Rotation = try await store.transaction(as: actor) { tx in
            let rotate = SessionQueries.rotate(presented, successor, sealed: try presented.seal(successor.text), tx)
            if let row = try await tx.first(rotate) { return .granted(row, successor) }
            guard let row = try await tx.first(SessionQueries.used(presented, tx)) else { return .refused }
            return try await judgeReuse(of: presented, row, tx)
        }
        switch rotation {
        case .granted(let row, let token):
            return try await answer(session: try reading { try row("session_id") }, token: token, user: view(row))
        case .reused(let session):
            standingChanged(session)
            throw .refreshTokenInvalid
        case .refused: throw .refreshTokenInvalid
        }
    }

    private func judgeReuse(of presented: OpaqueToken, _ row: Row, _ tx: TenantTransaction) async throws -> Rotation {
        let isWithinGrace: Bool = try row("is_within_grace")
        if isWithinGrace, let sealed: Data = try row("successor"), let token = OpaqueToken(try presented.open(sealed), .refresh) {
            return .granted(row, token)
        }
        let session: Identifier<Session> = try row("session_id")
        tx.queue(SessionQueries.revoke(session, tx))
        return .reused(session)
    }
}

/// What happened to a presented refresh token. The end of a session must be committed, so it is an outcome and not a failure.
private enum Rotation: Sendable {
    case granted(Row, OpaqueToken)
    case reused(Identifier<Session>)
    case refused
}
