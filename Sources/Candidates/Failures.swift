package import Kernel

extension Failure {
    package static let candidateNotFound = Failure(.notFound, "Candidate not found.", code: "CANDIDATE_NOT_FOUND")
    package static let mergeNotFound = Failure(.notFound, "Merge not found.", code: "MERGE_NOT_FOUND")
    package static let mergeUndone = Failure(.conflict, "This merge has already been undone.", code: "MERGE_UNDONE")
    package static let mergedBefore = Failure(
        .conflict,
        "One of the two is already merged with somebody. Merge the one that is kept, or undo that merge first.",
        code: "MERGED_BEFORE"
    )
}
