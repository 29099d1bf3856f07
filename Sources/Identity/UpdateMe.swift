import Foundation
import Kernel
import Postgres

/// A merge patch of one's own profile.
struct UpdateMe: Codable, Sendable {
    let firstName: Patch<Text<100>>
    let lastName: Patch<Text<100>>
    let username: Patch<Username>
    let phone: Patch<PhoneNumber>
    let locale: Patch<LocaleCode>
    let timeZone: Patch<TimeZoneName>
    let settings: UserSettings?
}

extension Identity {
    func updateMe(_ input: UpdateMe, by user: SignedIn) async throws(Failure) -> UserView {
        let row = try await store.transaction(as: user) { tx in
            guard let found = try await tx.first(UserQueries.account(user.user, tenant: user.tenant, locked: true)) else {
                throw Failure.unauthorized
            }
            let current = try UserView(found, publicURL: "")
            let settings = input.settings.map { current.settings.updated(by: $0) } ?? current.settings
            let changed = input.fieldsChanged(from: current, to: settings)
            guard !changed.isEmpty else { return found }
            try tx.queue(UserQueries.update(current, input, settings: JSON(encoding: settings), tx))
            guard let row = try await tx.first(UserQueries.account(user.user, tenant: user.tenant)) else { throw Failure.unauthorized }
            try tx.append(UserUpdated(user: UserFact(row), changed: changed))
            return row
        }
        return try view(row)
    }
}

extension UpdateMe {
    /// What is different from the profile as it is. Nothing else counts as a change.
    fileprivate func fieldsChanged(from current: UserView, to settings: UserSettings) -> [String] {
        let fields: [(String, Bool)] = [
            ("firstName", firstName.changes(current.firstName, as: \.value)), ("lastName", lastName.changes(current.lastName, as: \.value)),
            ("username", username.changes(current.username, as: \.value)), ("phone", phone.changes(current.phone, as: \.value)),
            ("locale", locale.changes(current.locale, as: \.value)), ("timeZone", timeZone.changes(current.timeZone, as: \.value)),
            ("settings", settings != current.settings),
        ]
        return fields.filter(\.1).map(\.0)
    }
}

extension Patch {
    /// The text to store, given the current one.
    func text(_ current: String?, _ text: (Value) -> String) -> String? {
        switch self {
        case .absent: current
        case .null: nil
        case .value(let value): text(value)
        }
    }
}
