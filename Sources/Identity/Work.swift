import Crypto
import Foundation
package import Kernel
import Outbox
import Postgres

/// A mail with a single-use link. The token is derived from the work's id, so that a repeated attempt sends the same mail and no secret is
/// in the queue.
struct SendAccountMail: Work {
    static let name = "identity.send_account_mail"
    static let lane = Lane.mail

    enum Kind: String, Codable, Sendable, SQLEncodable {
        case passwordReset, invitation, candidateInvitation, confirmation

        /// Somebody is waiting for a reset mail; an invitation may lie unread over a holiday.
        var validity: TimeInterval {
            switch self {
            case .passwordReset: 3600
            case .invitation, .candidateInvitation: Invitation.validity
            case .confirmation: 3 * 86_400
            }
        }

        var tokenPurpose: OpaqueToken.Purpose { self == .confirmation ? .confirmation : .passwordReset }
    }

    let id: UUID
    let kind: Kind
    let email: String
    /// Who invites: the name of a company or a tenant.
    let organization: String?
    let company: Identifier<Company>?
    var requestedAt: Date

    init(
        _ kind: Kind,
        to email: String,
        from organization: String? = nil,
        company: Identifier<Company>? = nil,
        requestedAt: Date
    ) {
        id = UUID()
        self.kind = kind
        self.email = email
        self.organization = organization
        self.company = company
        self.requestedAt = requestedAt
    }
}

/// Somebody has shown that the mailbox at their account's address is theirs. What others keep under that address can be joined with the
/// account: only the company's whose invitation they accepted, if it is named.
package struct JoinCandidate: Work {
    package static let name = "identity.joinCandidate"
    package static let lane = Lane.quick
    package let user: Identifier<User>
    package let company: Identifier<Company>?
}

extension Identity {
    package var work: [WorkHandler] {
        [
            WorkHandler { (work: SendAccountMail, actor) in try await sendMail(work, as: actor) },
            WorkHandler { (work: SendAddressMail, actor) in try await sendMail(work, as: actor) },
        ]
    }

    func sendMail(_ work: SendAccountMail, as actor: SystemActor) async throws {
        let token = mailedToken(work.kind.tokenPurpose, tenant: actor.tenant, id: "\(work.id)")
        let expiresAt = work.requestedAt + work.kind.validity
        let issue = MailedTokenQueries.issue(token, work, expiresAt: expiresAt, tenant: actor.tenant)
        guard let holder = try await store.query(as: actor, issue).first, expiresAt > store.clock.now() else { return }
        let letter = AccountLetter(work: work, holder: try AccountLetter.Holder(holder), token: token, publicURL: configuration.publicURL)
        try await outbox.send(letter.message(date: work.requestedAt), isAskedFor: true, as: actor)
    }
    /// A token for a mail, the same for the same id each time, so that it needs to be stored nowhere.
    package func mailedToken(_ purpose: OpaqueToken.Purpose, tenant: Identifier<Tenant>, id: String) -> OpaqueToken {
        let key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: Data(configuration.secret.utf8)),
            info: Data("mailed tokens".utf8),
            outputByteCount: 32
        )
        return OpaqueToken(purpose, tenant: tenant, derivedFrom: key, id: id)
    }

    /// Whoever holds a mailed token, in its tenant.
    package func holder(of token: OpaqueToken, _ visitor: Anonymous) -> SystemActor {
        SystemActor(tenant: token.tenant, origin: visitor.caller.origin)
    }
}
