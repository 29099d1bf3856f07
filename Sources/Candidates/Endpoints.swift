package import Kernel

extension Candidates {
    package var operations: [APIOperation] {
        (profileOperations + mergeOperations + dismissalOperations).openToKeys(reading: .readCandidates)
    }

    private var profileOperations: [APIOperation] {
        [
            APIOperation(.get, "/candidates/me", "My profile", access: .candidate, perform: showMe),
            APIOperation(.patch, "/candidates/me", "Change my profile", access: .candidate, failures: [.stale], perform: updateMe),
            APIOperation(
                .get,
                "/candidates/search",
                "Search the candidates who applied to my companies, and those who let every company find them",
                access: .member(.viewCandidates),
                lua: .list("candidates"),
                perform: search
            ),
            APIOperation(
                .get,
                "/candidates/{id}",
                "A candidate, with contact data if they applied to my companies or these added them, and masked else",
                access: .member(.viewCandidates),
                failures: [.candidateNotFound],
                lua: .function("candidate", "id"),
                perform: show
            ),
        ]
    }

    /// Only people decide who is one person, not API keys.
    private var mergeOperations: [APIOperation] {
        [
            APIOperation(
                .get,
                "/candidates/merge-proposals",
                "Candidates who may be one person, by e-mail address, telephone number and name",
                access: .member(.mergeCandidates),
                budget: .report,
                perform: proposeMerges
            ),
            APIOperation(
                .get,
                "/candidates/merges",
                "The candidates who were merged, newest first",
                access: .member(.mergeCandidates),
                perform: listMerges
            ),
            APIOperation(
                .post,
                "/candidates/merges",
                "Merge two candidates who are one person: either id then leads to the one that is kept",
                access: .member(.mergeCandidates),
                failures: [.candidateNotFound, .mergedBefore],
                status: 201,
                perform: merge
            ).example(Self.pair),
            APIOperation(
                .get,
                "/candidates/merge-preview",
                "Two candidates side by side: what they have in common, and what each account has",
                access: .member(.mergeCandidates),
                failures: [.candidateNotFound],
                perform: previewMerge
            ),
            APIOperation(
                .post,
                "/candidates/merges/{id}/undo",
                "Undo a merge; the answer lists what was added since",
                access: .member(.mergeCandidates),
                failures: [.mergeNotFound, .mergeUndone],
                perform: undoMerge
            ),
            APIOperation(
                .get,
                "/candidates/merges/{id}/since",
                "What was added while two candidates were merged, and whose it is",
                access: .member(.mergeCandidates),
                failures: [.mergeNotFound],
                perform: showSince
            ),
            APIOperation(
                .post,
                "/candidates/merges/{id}/assignments",
                "After a merge was undone, give something that was added meanwhile to one of the two",
                access: .member(.mergeCandidates),
                failures: [.mergeNotFound, .mergeStands, .sinceNotFound, .candidateNotFound, .assignmentTaken],
                perform: assign
            ),
        ]
    }

    private var dismissalOperations: [APIOperation] {
        [
            APIOperation(
                .get,
                "/candidates/merge-dismissals",
                "Dismissed merge proposals, newest first",
                access: .member(.mergeCandidates),
                perform: listDismissals
            ),
            APIOperation(
                .post,
                "/candidates/merge-dismissals",
                "Dismiss a merge proposal: the two are proposed again only if they have something new in common",
                access: .member(.mergeCandidates),
                failures: [.mergeNotProposed],
                status: 201,
                perform: dismissProposal
            ).example(Self.pair),
            APIOperation(
                .delete,
                "/candidates/merge-dismissals/{id}",
                "Undo the dismissal of a merge proposal",
                access: .member(.mergeCandidates),
                failures: [.dismissalNotFound],
                perform: undoDismissal
            ),
        ]
    }

    private static let pair: JSON = ["keptId": "0198c5a2-7c1e-7d3a-9f00-4b8e5d2f6a11", "mergedId": "0198c5a2-7c1e-7d3a-9f00-4b8e5d2f6a12"]
}
