package import Foundation
import Identity
import Kernel
import Postgres

struct ShowOffer: Codable, Sendable {
    let id: Identifier<Offer>
}

/// What one side said about an offer, and the terms as they stood then. Read from the event log, so nobody can change it afterwards.
package struct OfferEntry: Codable, Sendable {
    package let occurredAt: Date
    package let side: OfferSide
    /// The member who spoke; shown to members only.
    package internal(set) var authorName: String?
    package let offer: OfferFact
}

/// An offer with its history, oldest first: one flat object.
package struct OfferView: Codable, Sendable, Versioned {
    package let offer: Offer
    package let history: [OfferEntry]
    package var version: Int { offer.version }

    init(offer: Offer, history: [OfferEntry]) {
        self.offer = offer
        self.history = history
    }
}

extension OfferView {
    private enum CodingKeys: String, CodingKey {
        case history
    }

    package init(from decoder: any Decoder) throws {
        offer = try Offer(from: decoder)
        history = try decoder.container(keyedBy: CodingKeys.self).decode([OfferEntry].self, forKey: .history)
    }

    package func encode(to encoder: any Encoder) throws {
        try offer.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(history, forKey: .history)
    }
}

extension Applications {
    /// Both sides read what both have said; the candidate doesn't learn which member it was.
    func showOffer(_ input: ShowOffer, by reader: Reader) async throws(Failure) -> OfferView {
        let rows = try await store.query(as: reader, OfferQueries.offer(input.id, tenant: reader.tenant))
        guard let row = rows.first else { throw .offerNotFound }
        let offer = try reading { try Offer(row) }
        let application: Application
        do throws(Failure) {
            application = try await visible(offer.applicationId, to: reader)
        } catch {
            throw error.kind == .notFound ? .offerNotFound : error
        }
        return try await store.transaction(as: reader) { tx in
            let rows = try await tx.query(OfferQueries.history(offer, tenant: tx.tenant))
            let entries = try rows.decoded { try (OfferEntry($0, candidate: application.candidateId), $0("user_id") as UUID?) }
            guard application.isOpenToEmployer(reader) else { return OfferView(offer: offer, history: entries.map(\.0)) }
            let people = try await identity.users(entries.compactMap { $0.1.map(Identifier.init) }, in: tx)
            let named = entries.map { entry, author in
                var entry = entry
                entry.authorName = author.flatMap { people[Identifier($0)]?.name }
                return entry
            }
            return OfferView(offer: offer, history: named)
        }
    }
}

extension OfferEntry {
    fileprivate init(_ row: Row, candidate: Identifier<User>) throws {
        let fact: OfferFact = try row.json("offer")
        let (actor, user): (String, UUID?) = (try row("actor_kind"), try row("user_id"))
        let isReply = user == candidate.uuid && fact.status != .expired
        let side: OfferSide = isReply ? .candidate : actor == "system" || user == candidate.uuid ? .system : .employer
        self.init(occurredAt: try row("occurred_at"), side: side, authorName: nil, offer: fact)
    }
}
