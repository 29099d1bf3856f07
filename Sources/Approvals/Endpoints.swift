package import Kernel

extension Approvals {
    package var operations: [APIOperation] {
        [
            APIOperation(
                .get,
                "/approvals",
                "The latest approvals of my companies, or those that wait for my answer",
                access: .member(.viewJobs),
                perform: list
            ),
            APIOperation(
                .get,
                "/approvals/{id}",
                "One approval with who said what",
                access: .member(.viewJobs),
                failures: [.approvalNotFound],
                perform: show
            ),
            APIOperation(
                .post,
                "/approvals/{id}/answer",
                "Approve or decline what I am asked to",
                access: .member(.viewJobs),
                failures: [.approvalNotFound, .approvalOver, .approvalAnswered, .notApprover, .stale, .ruleRejected],
                perform: answer
            ),
            APIOperation(
                .get,
                "/approval-chains",
                "Who approves jobs and offers, in which order",
                access: .tenantAdmin,
                perform: listChains
            ),
            APIOperation(
                .put,
                "/approval-chains",
                "Say who approves jobs or offers, of one company or of all that have no chain of their own",
                access: .tenantAdmin,
                perform: writeChain
            ).example(["kind": "offer", "steps": [["role": "tenantAdmin", "needs": "one", "onlyOverRange": true]]]),
            APIOperation(
                .delete,
                "/approval-chains",
                "Remove a chain; what was asked for goes on",
                access: .tenantAdmin,
                failures: [.chainNotFound],
                perform: removeChain
            ),
        ].openToKeys(reading: .readJobs, writing: .writeJobs)
    }
}
