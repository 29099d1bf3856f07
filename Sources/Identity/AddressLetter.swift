import Foundation
import Kernel
import Letters
import Mail
import Outbox
import Postgres

/// A mail about the change of an account's address. The token is derived from the work's id, as in other mails with a link.
struct SendAddressMail: Work {
    static let name = "identity.send_address_mail"
    static let lane = Lane.mail

    enum Kind: String, Codable, Sendable {
        /// To the new address, with the link.
        case link
        /// To the current address: somebody asked.
        case asked
        /// To the former address: it is done.
        case changed
    }

    static let validity: TimeInterval = 86_400

    let id: UUID
    let kind: Kind
    let user: Identifier<User>
    let recipient: String
    /// The address that the account is to have.
    let address: String
    var requestedAt: Date

    init(_ kind: Kind, of user: Identifier<User>, to recipient: String, address: String, requestedAt: Date) {
        id = UUID()
        self.kind = kind
        self.user = user
        self.recipient = recipient
        self.address = address
        self.requestedAt = requestedAt
    }
}

extension Identity {
    /// Nothing is sent about a change that has been overtaken by another.
    func sendMail(_ work: SendAddressMail, as actor: SystemActor) async throws {
        let token = mailedToken(.addressChange, tenant: actor.tenant, id: "\(work.id)")
        let statement =
            work.kind == .link
            ? MailedTokenQueries.issue(token, work, tenant: actor.tenant) : MailedTokenQueries.reader(work, tenant: actor.tenant)
        guard let row = try await store.query(as: actor, statement).first,
            work.kind != .link || work.requestedAt + SendAddressMail.validity > store.clock.now()
        else { return }
        let head = try Letterhead(row)
        let code: String = try row("tenant_code")
        let letter = AddressLetter(work: work, token: token, tenantCode: code, publicURL: configuration.publicURL).letter
        let message = MailMessage(
            id: "address-\(work.id.uuidString.lowercased())",
            to: [try MailAddress(work.recipient)],
            letter.written(on: head),
            date: work.requestedAt
        )
        try await outbox.send(message, isAskedFor: true, as: actor)
    }
}

/// It calls nobody by name: either address may be a stranger's.
private struct AddressLetter {
    let work: SendAddressMail
    let token: OpaqueToken
    let tenantCode: String
    let publicURL: String

    var letter: Letter {
        let name = "address.\(work.kind.rawValue)"
        var blocks: [Letter.Block] = [.paragraph(.words("greeting")), .paragraph(.words("\(name).opening", ["address": work.address]))]
        if work.kind == .link {
            // In the fragment, which no server logs and no Referer carries.
            let link = "\(publicURL)/change-address#token=\(token.text)&tenant=\(tenantCode)"
            blocks += [.button(.words("address.button"), url: link), .code(.words("account.code"), token.text)]
        }
        return Letter(.words("\(name).subject"), blocks + [.aside(.words("\(name).closing"))])
    }
}
