package import Kernel

extension Approvals {
    package static let glossary = Glossary(
        """
        above | Only if the amount is above this one, or can't be compared with it; without it, whatever the amount.
        allowsOwn | Whether who asks may approve, too; false by default.
        answer | What the approver says.
        answeredAt | When the approver answered.
        answers | Who said what, in order.
        askedAt | When it was asked for.
        askedBy | Who asked for it; null if a rule did.
        awaits | Who may answer now.
        decidedAt | When it was decided or no longer asked for; null while it waits.
        needs | Whether all of the step must approve, or one; `one` by default.
        onlyOverRange | Only if the amount is above the job's range, or the job has none; false by default.
        step | The step that is asked, from 0.
        steps | The steps, one after the other; at most 10.
        terms | What is to be approved; other terms take another approval.
        userIds | The people who are asked; either these or a role, at most 20.
        waiting | Only what waits for my answer; false by default.
        ApprovalAnswer.approve | Yes.
        ApprovalAnswer.decline | No, with a reason.
        Approval.amount | The amount that is to be approved; null if there is none.
        Approval.applicationId | The application that the offer is for; null for a job.
        ApprovalChain.companyId | The company whose chain it is; null for all that have none of their own.
        ApprovalFact.amount | The amount that is to be approved, in minor units of the currency; null if there is none.
        ApprovalFact.applicationId | The application that the offer is for; null for a job.
        ApprovalFact.steps | How many steps there are.
        ApprovalChainChanged.companyId | The company whose chain it is; null for all that have none of their own.
        ApprovalChainChanged.steps | How many steps there are; 0 if the chain was removed.
        ApprovalKind.job | A job, before it is published.
        ApprovalKind.offer | An offer, before it is made or gets other terms.
        ApprovalState.pending | Somebody is asked.
        ApprovalState.approved | Everybody that it needed has approved.
        ApprovalState.declined | Somebody has declined.
        ApprovalState.canceled | The terms changed, or what it was about has ended.
        ApprovalStep.Needs.all | All of the step must approve.
        ApprovalStep.Needs.one | One of the step is enough.
        ApprovalStep.role | Everybody with this role is asked; either this or `userIds`.
        ApprovalView.amount | The amount that is to be approved; null if there is none.
        ApprovalView.applicationId | The application that the offer is for; null for a job.
        ApproverRole.recruiter | The company's recruiters.
        ApproverRole.hiringManager | The company's hiring managers.
        ApproverRole.companyAdmin | The company's administrators.
        ApproverRole.tenantAdmin | The tenant's administrators.
        GivenApproval.step | The step that was answered, from 0.
        RemoveChain.companyId | The company whose chain it is; without it, the chain of all that have none of their own.
        WriteChain.companyId | The company whose chain it is; without it, the chain of all that have none of their own.
        """
    )
}
