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
            try tx.queue(UserQueries.update(current, input, settings: JSON(encoding: settings), tx))
            guard let row = try await tx.first(UserQueries.account(user.user, tenant: user.tenant)) else { throw Failure.unauthorized }
            try tx.append(UserUpdated(user: UserFact(row), changed: input.changedFields))
            return row
        }
        return try view(row)
    }
}

extension UpdateMe {
    fileprivate var changedFields: [String] {
        let named: [(String, Bool)] = [
            ("firstName", firstName.isNamed), ("lastName", lastName.isNamed), ("username", username.isNamed), ("phone", phone.isNamed),
            ("locale", locale.isNamed), ("timeZone", timeZone.isNamed), ("settings", settings != nil),
        ]
        return named.filter(\.1).map(\.0)
    }
}

extension Patch {
    fileprivate var isNamed: Bool {
        if case .absent = self { false } else { true }
    }

    /// The text to store, given the current one.
    func text(_ current: String?, _ text: (Value) -> String) -> String? {
        switch self {
        case .absent: current
        case .null: nil
        case .value(let value): text(value)
        }
    }
}
