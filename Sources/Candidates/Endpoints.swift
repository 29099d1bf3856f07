package import Kernel

extension Candidates {
    package var operations: [Operation] {
        (profileOperations + mergeOperations).openToKeys(reading: .readCandidates)
    }

    private var profileOperations: [Operation] {
        [
            Operation(.get, "/candidates/me", "My profile", access: .candidate, perform: showMe),
            Operation(.patch, "/candidates/me", "Change my profile", access: .candidate, failures: [.stale], perform: updateMe),
            Operation(
                .get,
                "/candidates/search",
                "Search the candidates who want to be found",
                access: .member(.viewCandidates),
                lua: .list("candidates"),
                perform: search
            ),
            Operation(
                .get,
                "/candidates/{id}",
                "A candidate, contact data masked",
                access: .member(.viewCandidates),
                failures: [.candidateNotFound],
                lua: .function("candidate", "id"),
                perform: show
            ),
        ]
    }

    /// Who is one person is said in person.
    private var mergeOperations: [Operation] {
        [
            Operation(
                .get,
                "/candidates/merge-proposals",
                "Candidates who may be one person, by mail address, telephone number and name",
                access: .member(.mergeCandidates),
                perform: proposeMerges
            ),
            Operation(
                .get,
                "/candidates/merges",
                "The candidates who were merged, newest first",
                access: .member(.mergeCandidates),
                perform: listMerges
            ),
            Operation(
                .post,
                "/candidates/merges",
                "Merge two candidates who are one person: either id answers with the one that is kept",
                access: .member(.mergeCandidates),
                failures: [.candidateNotFound, .mergedBefore],
                status: 201,
                perform: merge
            ),
            Operation(
                .post,
                "/candidates/merges/{id}/undo",
                "Undo a merge; the answer lists what came since",
                access: .member(.mergeCandidates),
                failures: [.mergeNotFound, .mergeUndone],
                perform: undoMerge
            ),
        ]
    }
}
