import Foundation
package import Kernel
package import Letters

/// Mails an alarm to the tenant's administrators.
struct TellAdmins: Work {
    static let name = "rules.tell_admins"
    static let lane = Lane.mail
    let alarm: RuleAlarm
}

/// A mail to a tenant's administrators.
package struct AlarmLetter: Sendable {
    /// The id of what is reported, so that nobody is told twice.
    package let id: String
    package let letter: Letter
}

/// How rules send mail to people: they know neither accounts nor mail.
package struct AlarmPost: Sendable {
    /// The address of the console.
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
        let words = "alarm.\(alarm.kind.rawValue)"
        let title = Letter.Text.words("\(words).title", ["rule": alarm.name])
        var blocks: [Letter.Block] = [.heading(title), .paragraph(.quoted(alarm.reason))]
        if let error = alarm.lastError { blocks.append(.paragraph(.words("alarm.error", ["error": error]))) }
        blocks += [
            .paragraph(.words("\(words).advice")), .button(.words("alarm.open"), url: "\(publicURL)/admin#/rules/\(alarm.script)"),
        ]
        id = "rule-alarm-\(alarm.id.uuidString.lowercased())"
        letter = Letter(title, blocks)
    }
}
