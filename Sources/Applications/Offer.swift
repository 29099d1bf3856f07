package import Foundation
package import Kernel
import Postgres

/// Terms offered to a candidate. An application has at most one open offer.
package struct Offer: Codable, Sendable {
    package let id: Identifier<Offer>
    package let applicationId: Identifier<Application>
    package let status: OfferStatus
    /// Yearly, in minor units.
    package let baseSalary: Money
    package let bonus: Bounded<0, 2_000_000_000>?
    package let equity: String?
    package let benefits: String?
    package let startsOn: Date?
    package let expiresAt: Date
    package let message: String?
    package let version: Int
    package let createdAt: Date
    package let updatedAt: Date
}

package enum OfferStatus: String, Codable, CaseIterable, Sendable, SQLEncodable, SQLDecodable {
    case pending, negotiating, accepted, declined, expired

    package enum Side: Sendable {
        case candidate, employer
    }

    var isOpen: Bool { self == .pending || self == .negotiating }

    /// The candidate answers; the employer sets new terms or lets the offer expire.
    package func canBecome(_ next: OfferStatus, by side: Side) -> Bool {
        guard isOpen, next != self else { return false }
        return switch side {
        case .candidate: [.accepted, .declined, .negotiating].contains(next) && !(self == .negotiating && next == .accepted)
        case .employer: [.pending, .expired].contains(next)
        }
    }
}
