import Approvals
import Foundation
import Kernel

struct ChangeOffer: Codable, Sendable {
    let id: Identifier<Offer>
    let ifMatch: ExpectedVersion?
    /// The version that is answered. Accepting takes it once the employer has changed the terms.
    let version: Bounded<1, 1_000_000_000>?
    let status: OfferStatus?
    /// The sender's own words: from the employer part of the terms, from the candidate a reply.
    let message: Text<5000>?
    // Terms, which only the employer sets.
    let baseSalary: Money?
    let bonus: Patch<MinorUnits>
    let equity: Patch<Text<500>>
    let benefits: Patch<Text<5000>>
    let startsOn: Patch<Day>
    let expiresAt: Date?

    var setsTerms: Bool {
        baseSalary != nil || bonus.isPresent || equity.isPresent || benefits.isPresent || startsOn.isPresent || expiresAt != nil
    }
}

extension Applications {
    func changeOffer(_ input: ChangeOffer, by user: SignedIn) async throws(Failure) -> Offer {
        try await store.transaction(as: user) { tx in
            let (offer, subject, side) = try await openOffer(input.id, by: user, tx)
            try input.ifMatch?.check(offer.version)
            if side == .candidate, input.setsTerms { throw Failure.forbidden }
            if let expiresAt = input.expiresAt, expiresAt <= tx.now { throw Failure.validation("expiresAt", "Must be in the future.") }
            var changed = offer
            changed.take(input, from: side)
            let hasNewTerms = !changed.hasTerms(of: offer)
            // New terms on a negotiated offer put it before the candidate again.
            changed.status = input.status ?? (hasNewTerms ? .pending : offer.status)
            guard changed.status != offer.status || hasNewTerms || changed.reply != offer.reply else { return offer }
            guard [.declined, .expired].contains(changed.status) || !subject.application.isOver else { throw Failure.applicationEnded }
            guard changed.status == offer.status ? offer.status.isOpen : offer.status.canBecome(changed.status, by: side) else {
                throw Failure.illegalOfferStatus
            }
            if side == .candidate, offer.expiresAt <= tx.now { throw Failure.offerExpired }
            try offer.check(input.version?.value, by: side)
            changed.version += 1
            changed.updatedAt = tx.now
            if hasNewTerms { changed.termsVersion = changed.version }
            if changed.status == .accepted { changed.acceptedVersion = try offer.accepted(by: input) }
            if hasNewTerms {
                let matter = try OfferTerms(changed).matter(of: subject)
                if try matter.terms != OfferTerms(offer).matter(of: subject).terms { try await approvals.require(matter, in: tx) }
            }
            if hasNewTerms { _ = try await tx.propose(OfferMaking(application: subject.fact, offer: OfferFact(changed))) }
            tx.queue(OfferQueries.update(changed, tx))
            if changed.expiresAt != offer.expiresAt { try expireLater(changed, tx) }
            try tx.append(OfferChanged(application: subject.fact, offer: OfferFact(changed), from: offer.status))
            return changed
        }
    }

    private func openOffer(
        _ id: Identifier<Offer>,
        by user: SignedIn,
        _ tx: TenantTransaction
    ) async throws(Failure) -> (Offer, Case, OfferSide) {
        // The application is locked before what belongs to it, as everywhere: its end also changes its offers.
        guard let found = try await tx.first(OfferQueries.offer(id, tenant: tx.tenant)) else { throw .offerNotFound }
        let (subject, side) = try await parties(in: reading { try Offer(found) }, user, tx)
        guard let row = try await tx.first(OfferQueries.offer(id, tenant: tx.tenant, locked: true)) else { throw .offerNotFound }
        return (try reading { try Offer(row) }, subject, side)
    }

    private func parties(in offer: Offer, _ user: SignedIn, _ tx: TenantTransaction) async throws(Failure) -> (Case, OfferSide) {
        do throws(Failure) {
            let application = try await application(offer.applicationId, in: tx)
            if let candidate = CandidateUser(user.caller), candidate.user == application.candidateId {
                return (try await openCase(application.id, by: candidate, tx), .candidate)
            }
            guard let member = user.member else { throw .offerNotFound }
            return (try await openCase(application.id, by: member, may: .manageOffers, tx), .employer)
        } catch {
            throw error.kind == .notFound ? .offerNotFound : error
        }
    }
}

extension Offer {
    fileprivate mutating func take(_ input: ChangeOffer, from side: OfferSide) {
        guard side == .employer else {
            reply = input.message?.value ?? reply
            return
        }
        message = input.message?.value ?? message
        baseSalary = input.baseSalary ?? baseSalary
        bonus = input.bonus.value(or: bonus)
        equity = input.equity.value(or: equity) { $0.value }
        benefits = input.benefits.value(or: benefits) { $0.value }
        startsOn = input.startsOn.value(or: startsOn)
        expiresAt = input.expiresAt ?? expiresAt
    }

    /// The version that the candidate means. They need not name it as long as there has only been one set of terms.
    fileprivate func accepted(by input: ChangeOffer) throws(Failure) -> Int {
        guard let named = input.version?.value ?? input.ifMatch?.value ?? (termsVersion == 1 ? version : nil) else {
            throw .offerChanged(to: version)
        }
        return named
    }
}
