package import Foundation
package import Kernel
import Postgres

/// Tag for erasures.
package enum ErasureRecord {}

/// Who requested it.
package enum ErasureOrigin: String, Codable, CaseIterable, Sendable, SQLEncodable, SQLDecodable {
    case person, administrator
    /// A retention rule.
    case retention
}

package enum ErasureStatus: String, Codable, CaseIterable, Sendable, SQLEncodable, SQLDecodable {
    /// Not due yet: it can be taken back.
    case pending
    case running, completed, withdrawn
}

/// A table, `events` or `files`, and how many of its rows an erasure changed or removed.
package struct ErasedPlace: Codable, Sendable, Hashable {
    package let place: String
    package let count: Int

    init(place: String, count: Int) {
        self.place = place
        self.count = count
    }

    init(_ row: Row) throws { self.init(place: try row("place"), count: try row("rows")) }
}

/// The receipt of an erasure.
package struct ErasureView: Codable, Sendable {
    package let number: Int
    /// An id that leads to nobody once the erasure is completed.
    package let userId: Identifier<User>?
    package let origin: ErasureOrigin
    package let status: ErasureStatus
    package let requestedBy: Identifier<User>?
    package let requestedAt: Date
    package let dueAt: Date
    package let completedAt: Date?
    package internal(set) var places: [ErasedPlace] = []
    /// Backups are not searched: they expire on their own.
    package internal(set) var note: String?

    static let backups = "Copies in backups are not changed; they disappear when the installation's backups expire."

    init(_ row: Row) throws {
        number = try row("number")
        userId = try row("user_id")
        origin = try row("origin")
        status = try row("status")
        requestedBy = try row("requested_by")
        requestedAt = try row("requested_at")
        dueAt = try row("due_at")
        completedAt = try row("completed_at")
    }
}
