import Foundation
import Letters
import Mail
import Outbox
import Postgres

/// A reset, invitation or confirmation mail.
struct AccountLetter {
    struct Holder {
        let user: UserSummary
        let isVerified: Bool
        let hasPassword: Bool
        let tenantCode: String
        let head: Letterhead

        init(_ row: Row) throws {
            user = try UserSummary(row)
            isVerified = try row("is_verified")
            hasPassword = try row("has_password")
            tenantCode = try row("tenant_code")
            head = try Letterhead(row)
        }

        /// Somebody made the account, and it is unknown whether that was the reader of the mail.
        var isUnproven: Bool { hasPassword && !isVerified }
    }

    let work: SendAccountMail
    let holder: Holder
    let token: OpaqueToken
    let publicURL: String

    func message(date: Date) throws(MailError) -> MailMessage {
        MailMessage(
            id: "account-\(work.id.uuidString.lowercased())",
            to: [try MailAddress(holder.user.email, name: holder.isUnproven ? nil : holder.user.name)],
            letter.written(on: holder.head),
            date: date
        )
    }

    private var letter: Letter {
        Letter(
            .words("account.\(work.kind.rawValue).subject", organization),
            [
                // A stranger who registers with somebody's address must not choose the words that they read.
                .paragraph(.words("greeting", holder.isUnproven ? [:] : ["name": holder.user.name])),
                .paragraph(opening),
                .button(.words(button), url: link),
                .code(.words("account.code"), token.text), .aside(.words("account.tenant", ["code": holder.tenantCode])),
                .aside(.words("account.\(work.kind.rawValue).closing")),
            ]
        )
    }

    /// Whether accepting takes only a click, because the account is certainly its holder's.
    private var onlyAsks: Bool { isInvitation && holder.hasPassword && holder.isVerified }

    private var isInvitation: Bool { work.kind == .invitation || work.kind == .candidateInvitation }

    // In the fragment, which no server logs and no Referer carries.
    private var link: String {
        let page = work.kind == .confirmation ? "confirm" : onlyAsks ? "join" : "reset-password"
        // The page knows the tenant, and so does the one to sign in after it.
        return "\(publicURL)/\(page)#token=\(token.text)&tenant=\(holder.tenantCode)"
    }

    private var organization: [String: String] { work.organization.map { ["organization": $0] } ?? [:] }

    private var opening: Letter.Text {
        let inviter = ["inviter": work.organization ?? Words.text("account.administrator", in: holder.head.language)]
        return switch work.kind {
        case .passwordReset, .confirmation: .words("account.\(work.kind.rawValue).opening")
        case .candidateInvitation where onlyAsks: .words("account.candidateInvitation.ask", inviter)
        case .candidateInvitation: .words("account.candidateInvitation.new", inviter)
        case .invitation where onlyAsks: .words("account.invitation.ask", inviter)
        case .invitation where holder.hasPassword: .words("account.invitation.unproven", inviter)
        case .invitation: .words("account.invitation.new", inviter)
        }
    }

    private var button: String {
        switch work.kind {
        case .confirmation: "account.confirmation.button"
        case .invitation where onlyAsks, .candidateInvitation where onlyAsks: "account.invitation.accept"
        case .passwordReset, .invitation, .candidateInvitation: "account.choose"
        }
    }
}
