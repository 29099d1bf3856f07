import Crypto
import Foundation
package import Kernel
import Outbox

/// A mail with a single-use link. The token follows from the work's id, so that a repeated attempt sends the same mail
/// and no secret stands in the queue.
struct SendAccountMail: Work {
    static let name = "identity.send_account_mail"

    enum Kind: String, Codable, Sendable {
        case passwordReset, invitation

        /// A reset is asked for by somebody who waits for it; an invitation may lie over a holiday.
        var validity: TimeInterval { self == .passwordReset ? 3600 : 7 * 86_400 }
    }

    let id: UUID
    let kind: Kind
    let email: String
    /// Who invites: a company's or a tenant's name.
    let organization: String?
    var requestedAt: Date
}

extension Identity {
    package var work: [WorkHandler] {
        [WorkHandler { (work: SendAccountMail, actor) in try await sendMail(work, as: actor) }]
    }

    func sendMail(_ work: SendAccountMail, as actor: SystemActor) async throws {
        let key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: Data(configuration.secret.utf8)),
            info: Data("mailed tokens".utf8),
            outputByteCount: 32
        )
        let token = OpaqueToken(.passwordReset, tenant: actor.tenant, derivedFrom: key, id: work.id)
        let expiresAt = work.requestedAt + work.kind.validity
        let user = try await store.query(as: actor, ResetQueries.issue(token, work, expiresAt: expiresAt, tenant: actor.tenant)).first
        guard let user, expiresAt > store.clock.now() else { return }
        let letter = AccountLetter(work: work, user: try UserSummary(user), token: token, publicURL: configuration.publicURL)
        try await outbox.send(letter.message(date: work.requestedAt), as: actor)
    }
}
