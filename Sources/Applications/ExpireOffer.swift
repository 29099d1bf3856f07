import Foundation
import Kernel
import Postgres

/// Ends an offer when its time is over, if it is still open then. Doing it again changes nothing.
struct ExpireOffer: Work {
    static let name = "applications.expireOffer"
    static let lane = Lane.quick
    let offer: Identifier<Offer>
}

extension Applications {
    func expireOffer(_ work: ExpireOffer, as system: SystemActor) async throws {
        try await store.transaction(as: system) { tx in
            guard let row = try await tx.first(OfferQueries.offer(work.offer, tenant: tx.tenant)) else { return }
            let application = try Offer(row).applicationId
            _ = try await openCase(application, tx)
            try await expireOffers(of: [application], onlyOverdue: true, tx)
        }
    }

    func expireLater(_ offer: Offer, _ tx: TenantTransaction) throws(Failure) {
        // A little later, in case another server's clock is behind.
        try tx.enqueue(ExpireOffer(offer: offer.id), WorkOptions(notBefore: offer.expiresAt + 2))
    }

    /// The open offers of these applications, which are under lock.
    func expireOffers(
        of applications: [Identifier<Application>],
        onlyOverdue: Bool = false,
        _ tx: TenantTransaction
    ) async throws(Failure) {
        let expired = try await tx.query(OfferQueries.expire(applications, onlyOverdue: onlyOverdue, tx)).decoded { row in
            (offer: try Offer(row), from: try row("was") as OfferStatus)
        }
        guard !expired.isEmpty else { return }
        let cases = try await openCases(applications, tx)
        for (offer, from) in expired {
            guard let subject = cases[offer.applicationId] else { continue }
            try tx.append(OfferChanged(application: subject.fact, offer: OfferFact(offer), from: from))
        }
    }
}
