import Approvals
import Foundation
import Jobs
import Kernel

struct MakeOffer: Codable, Sendable {
    let id: Identifier<Application>
    let baseSalary: Money
    let bonus: MinorUnits?
    let equity: Text<500>?
    let benefits: Text<5000>?
    let startsOn: Day?
    let expiresAt: Date
    let message: Text<5000>?
}

struct ListOffers: Codable, Sendable {
    let id: Identifier<Application>
}

extension Applications {
    func makeOffer(_ input: MakeOffer, by member: Member) async throws(Failure) -> Offer {
        try await store.transaction(as: member) { tx in
            let subject = try await openCase(input.id, by: member, may: .manageOffers, tx)
            guard !subject.application.category.isFinal else { throw Failure.applicationEnded }
            guard input.expiresAt > tx.now else { throw Failure.validation("expiresAt", "Must be in the future.") }
            try await expireOffers(of: [input.id], onlyOverdue: true, tx)
            guard try await tx.query(OfferQueries.open(of: input.id, tenant: tx.tenant)).isEmpty else { throw Failure.offerOpen }
            let offer = Offer(
                id: Identifier(),
                applicationId: input.id,
                status: .pending,
                baseSalary: input.baseSalary,
                bonus: input.bonus,
                equity: input.equity?.value,
                benefits: input.benefits?.value,
                startsOn: input.startsOn,
                expiresAt: input.expiresAt,
                message: input.message?.value,
                reply: nil,
                version: 1,
                termsVersion: 1,
                acceptedVersion: nil,
                createdAt: tx.now,
                updatedAt: tx.now
            )
            try await approvals.require(try OfferTerms(offer).matter(of: subject), in: tx)
            _ = try await tx.propose(OfferMaking(application: subject.fact, offer: OfferFact(offer)))
            tx.queue(OfferQueries.insert(offer, tx))
            try tx.append(OfferMade(application: subject.fact, offer: OfferFact(offer)))
            try expireLater(offer, tx)
            return offer
        }
    }

    func listOffers(_ input: ListOffers, by reader: Reader) async throws(Failure) -> Items<Offer> {
        let application = try await visible(input.id, to: reader)
        let rows = try await store.query(as: reader, OfferQueries.offers(of: [application.id], tenant: reader.tenant))
        return Items(try rows.decoded(Offer.init))
    }
}
