import Foundation
import Kernel

struct ChangeOffer: Codable, Sendable {
    let id: Identifier<Offer>
    let status: OfferStatus?
    let message: Text<5000>?
    // Terms, which the employer may change.
    let baseSalary: Money?
    let bonus: Bounded<0, 2_000_000_000>?
    let expiresAt: Date?

    var changesTerms: Bool { baseSalary != nil || bonus != nil || expiresAt != nil }
}

extension Applications {
    func changeOffer(_ input: ChangeOffer, by user: SignedIn) async throws(Failure) -> Offer {
        try await store.transaction(as: user) { tx in
            let (offer, subject, side) = try await openOffer(input.id, by: user, tx)
            if side == .candidate, input.changesTerms { throw Failure.forbidden }
            if let expiresAt = input.expiresAt, expiresAt <= tx.now { throw Failure.validation("expiresAt", "Must be in the future.") }
            // New terms on a negotiated offer put it before the candidate again.
            let status = input.status ?? (input.changesTerms ? .pending : offer.status)
            guard status == offer.status ? offer.status.isOpen : offer.status.canBecome(status, by: side) else {
                throw Failure.illegalOfferStatus
            }
            if side == .candidate, offer.expiresAt <= tx.now { throw Failure.offerExpired }
            guard [.declined, .expired].contains(status) || !subject.application.isOver else { throw Failure.applicationEnded }
            tx.queue(OfferQueries.update(offer, input, status: status, tx))
            guard let row = try await tx.first(OfferQueries.offer(offer.id, tenant: tx.tenant)) else { throw Failure.offerNotFound }
            let changed = try Offer(row)
            if input.changesTerms { _ = try await tx.propose(OfferMaking(application: subject.fact, offer: OfferFact(changed))) }
            try tx.append(OfferChanged(application: subject.fact, offer: OfferFact(changed), from: offer.status))
            return changed
        }
    }

    private func openOffer(
        _ id: Identifier<Offer>,
        by user: SignedIn,
        _ tx: TenantTransaction
    ) async throws(Failure) -> (Offer, Case, OfferStatus.Side) {
        guard let row = try await tx.first(OfferQueries.offer(id, tenant: tx.tenant)) else { throw .offerNotFound }
        do {
            let offer = try Offer(row)
            let application = try await application(offer.applicationId, in: tx)
            if let candidate = CandidateUser(user.caller), candidate.user == application.candidateId {
                return (offer, try await openCase(application.id, by: candidate, tx), .candidate)
            }
            guard let member = user.member else { throw Failure.offerNotFound }
            return (offer, try await openCase(offer.applicationId, by: member, may: .manageOffers, tx), .employer)
        } catch {
            let failure = Failure(error)
            throw failure.kind == .notFound ? .offerNotFound : failure
        }
    }
}
