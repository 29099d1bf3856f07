package import Foundation
package import Kernel
import Postgres

/// Terms offered to a candidate, with the words of either side apart. An application has at most one open offer.
package struct Offer: Codable, Sendable, Versioned {
    package let id: Identifier<Offer>
    package let applicationId: Identifier<Application>
    package internal(set) var status: OfferStatus
    /// Yearly, in minor units.
    package internal(set) var baseSalary: Money
    package internal(set) var bonus: MinorUnits?
    package internal(set) var equity: String?
    package internal(set) var benefits: String?
    package internal(set) var startsOn: Day?
    package internal(set) var expiresAt: Date
    /// The employer's words: part of the terms.
    package internal(set) var message: String?
    /// The candidate's latest words.
    package internal(set) var reply: String?
    package internal(set) var version: Int
    /// The version in which the employer set the terms as they are.
    package internal(set) var termsVersion: Int
    /// The version that the candidate saw and accepted.
    package internal(set) var acceptedVersion: Int?
    package let createdAt: Date
    package internal(set) var updatedAt: Date
}

package enum OfferStatus: String, Codable, CaseIterable, Sendable, SQLEncodable, SQLDecodable {
    case pending, negotiating, accepted, declined, expired

    var isOpen: Bool { self == .pending || self == .negotiating }

    /// The candidate answers; the employer sets new terms or lets the offer expire.
    package func canBecome(_ next: OfferStatus, by side: OfferSide) -> Bool {
        guard isOpen, next != self else { return false }
        return switch side {
        case .candidate: [.accepted, .declined, .negotiating].contains(next) && !(self == .negotiating && next == .accepted)
        case .employer: [.pending, .expired].contains(next)
        case .system: next == .expired
        }
    }
}

/// Who speaks in an offer.
package enum OfferSide: String, Codable, CaseIterable, Sendable {
    case candidate, employer
    /// The server itself, when the offer ends with its application.
    case system
}

extension Offer {
    /// The candidate may answer only what they have seen: of two versions with the same terms, either.
    func check(_ answered: Int?, by side: OfferSide) throws(Failure) {
        guard let answered else { return }
        let seen = side == .candidate ? termsVersion...version : version...version
        guard seen.contains(answered) else { throw .offerChanged(to: version) }
    }

    func hasTerms(of other: Offer) -> Bool {
        baseSalary == other.baseSalary && bonus == other.bonus && equity == other.equity && benefits == other.benefits
            && startsOn == other.startsOn && expiresAt == other.expiresAt && message == other.message
    }
}
