package import Identity
package import Kernel
package import Notifications

/// What has to be approved before it goes live, by whom, and what they said. Jobs and applications ask here before they publish or offer; they
/// are the only doors to either, so nothing goes around it.
package struct Approvals: Capability {
    let store: TenantStore
    let identity: Identity
    let notifications: Notifications

    package init(store: TenantStore, identity: Identity, notifications: Notifications) {
        self.store = store
        self.identity = identity
        self.notifications = notifications
    }

    package static var events: [any Event.Type] {
        [ApprovalRequested.self, ApprovalAnswered.self, ApprovalDecided.self, ApprovalCanceled.self, ApprovalChainChanged.self]
    }

    package static var proposals: [any Proposal.Type] { [ApprovalRequesting.self, ApprovalAnswering.self] }

    package var work: [WorkHandler] { [WorkHandler(tellOfApproval)] }

    package static var part: APIPart { .hiring }
    package static var constraints: [String: Failure] { ["approval_chains_company": .chainCompanyUnknown] }
}
