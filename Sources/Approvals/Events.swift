import Foundation
package import Kernel

/// An approval as events and rules see it.
package struct ApprovalFact: Codable, Sendable {
    package let id: Identifier<Approval>
    package let kind: ApprovalKind
    package let jobId: Identifier<EventSubject>
    /// Absent for a job.
    package let applicationId: Identifier<EventSubject>?
    package let companyId: Identifier<Company>
    package let title: String
    /// In minor units.
    package let amount: Int?
    package let currency: String?
    package let state: ApprovalState
    /// The step that is asked, from 0.
    package let step: Int
    package let steps: Int
    package let askedBy: Identifier<User>?

    init(_ approval: Approval) {
        id = approval.id
        kind = approval.kind
        jobId = approval.jobId
        applicationId = approval.applicationId
        companyId = approval.companyId
        title = approval.title
        amount = approval.amount?.amount.value
        currency = approval.amount?.currency.code
        state = approval.state
        step = approval.step
        steps = approval.steps.count
        askedBy = approval.askedBy
    }

    private init(sample state: ApprovalState) {
        let bytes: uuid_t = (1, 0x98, 0xC5, 0xA2, 0x7C, 0x1E, 0x7D, 0x3A, 0x9F, 0, 0x4B, 0x8E, 0x5D, 0x2F, 0x6A, 0x11)
        id = Identifier(UUID(uuid: bytes))
        kind = .offer
        jobId = Identifier(UUID(uuid: bytes))
        applicationId = Identifier(UUID(uuid: bytes))
        companyId = Identifier(UUID(uuid: bytes))
        title = "Backend engineer"
        amount = 82_000_00
        currency = "EUR"
        self.state = state
        step = 0
        steps = 2
        askedBy = nil
    }

    static func sample(_ state: ApprovalState = .pending) -> ApprovalFact { ApprovalFact(sample: state) }

    var subject: EventSubject { EventSubject("approval", id) }
}

package struct ApprovalRequested: Event {
    package static let name = "approval.requested"
    package static let summary = "The approvers of a step are asked; `approval.step` says which."
    package static var sample: Self { ApprovalRequested(approval: .sample()) }
    package static var followUps: [any Work.Type] { [TellOfApproval.self] }
    package let approval: ApprovalFact
    package var subject: EventSubject { approval.subject }
}

package struct ApprovalAnswered: Event {
    package static let name = "approval.answered"
    package static let summary = "An approver approved or declined."
    package static var sample: Self { ApprovalAnswered(approval: .sample(), answer: .decline, reason: "Not in this year's budget.") }
    package let approval: ApprovalFact
    package let answer: ApprovalAnswer
    package let reason: String?
    package var subject: EventSubject { approval.subject }
}

package struct ApprovalDecided: Event {
    package static let name = "approval.decided"
    package static let summary = "A job or an offer was approved by everybody it needed, or declined by one."
    package static var sample: Self { ApprovalDecided(approval: .sample(.approved)) }
    package static var followUps: [any Work.Type] { [TellOfApproval.self] }
    package let approval: ApprovalFact
    package var subject: EventSubject { approval.subject }
}

package struct ApprovalCanceled: Event {
    package static let name = "approval.canceled"
    package static let summary = "An approval is no longer asked for: the terms changed, or what it was about has ended."
    package static var sample: Self { ApprovalCanceled(approval: .sample(.canceled)) }
    package let approval: ApprovalFact
    package var subject: EventSubject { approval.subject }
}

package struct ApprovalChainChanged: Event {
    package static let name = "approval_chain.changed"
    package static let summary = "The tenant's rule of who approves what changed; without steps it was removed."
    package static var sample: Self { ApprovalChainChanged(kind: .offer, companyId: nil, steps: 2) }
    package let kind: ApprovalKind
    package let companyId: Identifier<Company>?
    package let steps: Int
    package var subject: EventSubject { EventSubject("approval_chain", companyId ?? Identifier(EventSubject.tenantWide)) }
}

extension EventSubject {
    fileprivate static let tenantWide = UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
}

/// Sent before somebody is asked.
package struct ApprovalRequesting: Proposal {
    package static let name = "approval.requesting"
    package static let summary = "Somebody is about to ask for an approval."
    package static let amendable: [String] = []
    package static var sample: Self { ApprovalRequesting(approval: .sample()) }
    package let approval: ApprovalFact
    package var subject: EventSubject { approval.subject }
}

/// Sent before an approver's answer counts.
package struct ApprovalAnswering: Proposal {
    package static let name = "approval.answering"
    package static let summary = "An approver is about to answer."
    package static let amendable: [String] = []
    package static var sample: Self { ApprovalAnswering(approval: .sample(), answer: .approve, reason: nil) }
    package let approval: ApprovalFact
    package let answer: ApprovalAnswer
    package let reason: String?
    package var subject: EventSubject { approval.subject }
}
