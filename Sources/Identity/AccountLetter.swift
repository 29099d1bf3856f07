import Foundation
import Mail

/// The words of a reset or invitation mail, in text and in HTML.
struct AccountLetter {
    let work: SendAccountMail
    let user: UserSummary
    let token: OpaqueToken
    let publicURL: String

    func message(date: Date) throws(MailError) -> MailMessage {
        MailMessage(
            id: "account-\(work.id.uuidString.lowercased())",
            to: [try MailAddress(user.email, name: user.name)],
            subject: subject,
            text: text,
            html: html,
            date: date
        )
    }

    // In the fragment, which no server logs and no Referer carries.
    private var link: String { "\(publicURL)/reset-password#token=\(token.text)" }

    private var subject: String {
        switch work.kind {
        case .passwordReset: "Set a new password"
        case .invitation: work.organization.map { "You are invited to join \($0)" } ?? "You are invited"
        }
    }

    private var opening: String {
        switch work.kind {
        case .passwordReset: "You, or somebody who knows your address, asked for a new password."
        case .invitation: "\(work.organization ?? "Your administrator") has made an account for you. Choose a password to open it."
        }
    }

    private var closing: String {
        switch work.kind {
        case .passwordReset: "The link works once, within one hour. If you did not ask for it, do nothing: your password stays as it is."
        case .invitation: "The link works once, within seven days."
        }
    }

    private var text: String {
        """
        Hello \(user.name),

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
        <p>Hello \(escaped(user.name)),</p>
        <p>\(escaped(opening))</p>
        <p><a href="\(escaped(link))" style="display:inline-block;padding:12px 20px;color:#ffffff;background:#1d4ed8;border-radius:6px">
        Choose a password</a></p>
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
