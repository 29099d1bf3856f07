import Foundation
package import Kernel

/// Mails an alarm to the tenant's administrators.
struct TellAdmins: Work {
    static let name = "rules.tell_admins"
    static let lane = Lane.mail
    let alarm: RuleAlarm
}

/// A mail to a tenant's administrators, in text and in HTML.
package struct AlarmLetter: Sendable {
    /// Of what is told, so that nobody is told twice.
    package let id: String
    package let subject: String
    package let text: String
    package let html: String
}

/// How rules reach people by mail: they know neither accounts nor mail.
package struct AlarmPost: Sendable {
    /// Where people reach the console.
    let publicURL: String
    let send: @Sendable (AlarmLetter, SystemActor) async throws -> Void

    package init(publicURL: String, send: @escaping @Sendable (AlarmLetter, SystemActor) async throws -> Void) {
        self.publicURL = publicURL
        self.send = send
    }
}

extension Rules {
    func tellAdmins(_ work: TellAdmins, as actor: SystemActor) async throws {
        try await post.send(AlarmLetter(work.alarm, publicURL: post.publicURL), actor)
    }
}

extension AlarmLetter {
    init(_ alarm: RuleAlarm, publicURL: String) {
        let link = "\(publicURL)/admin#/rules/\(alarm.script)"
        let error = alarm.lastError.map { "The last error: \($0)" }
        id = "rule-alarm-\(alarm.id.uuidString.lowercased())"
        subject = alarm.title
        text = ["\(alarm.title).", alarm.reason, error, alarm.kind.advice, link].compactMap(\.self).joined(separator: "\n\n") + "\n"
        html = """
            <!doctype html>
            <html lang="en">
            <body style="margin:0;padding:24px;font-family:sans-serif;font-size:16px;line-height:1.5;color:#1f2933;background:#f5f7fa">
            <div style="max-width:560px;margin:0 auto;padding:24px;background:#ffffff;border-radius:8px">
            <p><strong>\(Self.escaped(alarm.title)).</strong></p>
            <p>\(Self.escaped(alarm.reason))</p>
            \(error.map { "<p><code style=\"word-break:break-word\">\(Self.escaped($0))</code></p>" } ?? "")
            <p>\(Self.escaped(alarm.kind.advice))</p>
            <p><a href="\(Self.escaped(link))" style="display:inline-block;padding:12px 20px;color:#ffffff;background:#1d4ed8;border-radius:6px">
            Open the rule</a></p>
            </div>
            </body>
            </html>
            """
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
    }
}
