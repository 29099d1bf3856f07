import Foundation
import Mail
import Postgres

/// The words of a reset, invitation or confirmation mail, in text and in HTML.
struct AccountLetter {
    struct Holder {
        let user: UserSummary
        let isVerified: Bool
        let hasPassword: Bool
        let tenantCode: String

        init(_ row: Row) throws {
            user = try UserSummary(row)
            isVerified = try row("is_verified")
            hasPassword = try row("has_password")
            tenantCode = try row("tenant_code")
        }

        /// Somebody made the account, and nobody knows whether it was the reader of the mail.
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
            subject: subject,
            text: text,
            html: html,
            date: date
        )
    }

    /// A stranger who registers with somebody's address does not also choose the words that they read.
    private var greeting: String { holder.isUnproven ? "Hello," : "Hello \(holder.user.name)," }

    /// Whether accepting takes no more than a word, because the account is its holder's for certain.
    private var onlyAsks: Bool { work.kind == .invitation && holder.hasPassword && holder.isVerified }

    // In the fragment, which no server logs and no Referer carries.
    private var link: String {
        let page = work.kind == .confirmation ? "confirm" : onlyAsks ? "join" : "reset-password"
        let address = "\(publicURL)/\(page)#token=\(token.text)"
        // Where the reader signs in to use it, the page knows where.
        return page == "reset-password" ? address : "\(address)&tenant=\(holder.tenantCode)"
    }

    private var subject: String {
        switch work.kind {
        case .passwordReset: "Set a new password"
        case .invitation: work.organization.map { "You are invited to join \($0)" } ?? "You are invited"
        case .confirmation: "Confirm your e-mail address"
        }
    }

    private var opening: String {
        let organization = work.organization ?? "Your administrator"
        return switch work.kind {
        case .passwordReset: "You, or somebody who knows your address, asked for a new password."
        case .confirmation:
            "Someone, hopefully you, created an account with this address. Sign in with its password to confirm that it is yours."
        case .invitation where onlyAsks: "\(organization) invites you. Sign in to accept; until then nothing changes."
        case .invitation where holder.hasPassword:
            "\(organization) invites you. Somebody made an account with your address before, and nobody has confirmed it: "
                + "choose a password of your own, which ends whatever they set."
        case .invitation: "\(organization) has made an account for you. Choose a password to open it."
        }
    }

    private var button: String {
        switch work.kind {
        case .confirmation: "Confirm the address"
        case .invitation where onlyAsks: "Accept the invitation"
        case .passwordReset, .invitation: "Choose a password"
        }
    }

    private var closing: String {
        switch work.kind {
        case .passwordReset: "The link works once, within one hour. If you did not ask for it, do nothing: your password stays as it is."
        case .invitation: "The link works once, within seven days. If you don't want to join, do nothing."
        case .confirmation: "The link works once, within three days. If you made no account, do nothing: it stays unconfirmed."
        }
    }

    private var text: String {
        """
        \(greeting)

        \(opening)

        \(link)

        Where a form asks for the code itself, it is:

        \(token.text)

        \(closing)
        """
    }

    private var html: String {
        """
        <!doctype html>
        <html lang="en">
        <body style="margin:0;padding:24px;font-family:sans-serif;font-size:16px;line-height:1.5;color:#1f2933;background:#f5f7fa">
        <div style="max-width:560px;margin:0 auto;padding:24px;background:#ffffff;border-radius:8px">
        <p>\(escaped(greeting))</p>
        <p>\(escaped(opening))</p>
        <p><a href="\(escaped(link))" style="display:inline-block;padding:12px 20px;color:#ffffff;background:#1d4ed8;border-radius:6px">
        \(button)</a></p>
        <p>Where a form asks for the code itself, it is:<br><code style="word-break:break-all">\(escaped(token.text))</code></p>
        <p style="color:#52606d">\(escaped(closing))</p>
        </div>
        </body>
        </html>
        """
    }

    private func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
    }
}
