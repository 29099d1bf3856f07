package import Kernel

extension Candidates {
    package var operations: [Operation] {
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
        ].openToKeys(reading: .readCandidates)
    }
}
