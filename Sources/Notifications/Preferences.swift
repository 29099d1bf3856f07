import Kernel
import Postgres

/// In which ways somebody hears of a kind of thing.
package struct NotificationPreference: Codable, Sendable {
    package let kind: NotificationKind
    package let inApp: Bool
    package let email: Bool

    init(kind: NotificationKind, inApp: Bool, email: Bool) {
        self.kind = kind
        self.inApp = inApp
        self.email = email
    }

    init(_ row: Row) throws {
        self.init(kind: try row("kind"), inApp: try row("in_app"), email: try row("email"))
    }
}

package struct SetPreferences: Codable, Sendable {
    /// A kind that is left out follows the settings in the profile.
    let preferences: List<NotificationPreference, 20>
}

extension Notifications {
    func showPreferences(_ input: NoInput, by user: SignedIn) async throws(Failure) -> Items<NotificationPreference> {
        let rows = try await store.query(as: user, PreferenceQueries.preferences(of: user))
        return Items(try rows.decoded(NotificationPreference.init))
    }

    func setPreferences(_ input: SetPreferences, by user: SignedIn) async throws(Failure) -> Items<NotificationPreference> {
        let kinds = input.preferences.elements.map(\.kind)
        guard Set(kinds).count == kinds.count else { throw .validation("preferences", "Must name each kind once.") }
        return try await store.transaction(as: user) { tx in
            tx.queue(PreferenceQueries.forget(beside: kinds, of: user))
            tx.queue(PreferenceQueries.keep(input.preferences.elements, of: user))
            return Items(try await tx.query(PreferenceQueries.preferences(of: user)).map(NotificationPreference.init))
        }
    }
}
