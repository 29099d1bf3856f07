import Approvals
import Foundation
import Jobs
import Kernel

/// The terms of an offer to be made, or of one to be changed.
struct AskOfferApproval: Codable, Sendable {
    let id: Identifier<Application>
    let baseSalary: Money
    let bonus: MinorUnits?
    let equity: Text<500>?
    let benefits: Text<5000>?
    let startsOn: Day?
}

/// What is approved of an offer: what it costs, not its words nor how long it is open.
struct OfferTerms: Sendable {
    let baseSalary: Money
    let bonus: MinorUnits?
    let equity: String?
    let benefits: String?
    let startsOn: Day?

    init(_ offer: Offer) {
        baseSalary = offer.baseSalary
        bonus = offer.bonus
        equity = offer.equity
        benefits = offer.benefits
        startsOn = offer.startsOn
    }

    init(_ input: AskOfferApproval) {
        baseSalary = input.baseSalary
        bonus = input.bonus
        equity = input.equity?.value
        benefits = input.benefits?.value
        startsOn = input.startsOn
    }

    func matter(of subject: Case) throws(Failure) -> ApprovalMatter {
        let range = subject.job.salary
        let isWithin = range.map { $0.currency == baseSalary.currency && baseSalary.amount.value <= $0.maximum.value } ?? false
        do {
            return ApprovalMatter(
                .offer,
                of: subject.application.id.uuid,
                job: subject.job.id.uuid,
                company: subject.job.companyId,
                candidate: subject.application.candidateId,
                title: "\(subject.job.title), \(subject.job.companyName)",
                amount: baseSalary,
                isOverRange: !isWithin,
                terms: [
                    "baseSalary": try JSON(encoding: baseSalary), "bonus": try JSON(encoding: bonus), "equity": try JSON(encoding: equity),
                    "benefits": try JSON(encoding: benefits), "startsOn": try JSON(encoding: startsOn),
                ]
            )
        } catch {
            throw .internal(error)
        }
    }
}

extension Applications {
    func askOfferApproval(_ input: AskOfferApproval, by member: Member) async throws(Failure) -> ApprovalView {
        try await store.transaction(as: member) { tx in
            let subject = try await openCase(input.id, by: member, may: .manageOffers, tx)
            guard !subject.application.category.isFinal else { throw Failure.applicationEnded }
            return try await approvals.ask(try OfferTerms(input).matter(of: subject), in: tx)
        }
    }
}
