package import Kernel

extension Failure {
    package static let candidateNotFound = Failure(.notFound, "Candidate not found.", code: "CANDIDATE_NOT_FOUND")
    package static let candidateUnreachable = Failure(
        .conflict,
        "No e-mail address is known of this candidate, so nobody can be invited.",
        code: "CANDIDATE_UNREACHABLE"
    )
    package static let candidateJoined = Failure(.conflict, "This candidate has an account already.", code: "CANDIDATE_JOINED")
    package static let mergeNotFound = Failure(.notFound, "Merge not found.", code: "MERGE_NOT_FOUND")
    package static let mergeUndone = Failure(.conflict, "This merge has already been undone.", code: "MERGE_UNDONE")
    package static let mergedBefore = Failure(
        .conflict,
        "One of the two is already merged with somebody. Merge the one that is kept, or undo that merge first.",
        code: "MERGED_BEFORE"
    )
    package static let mergeStands = Failure(
        .conflict,
        "The two are still merged. Undo the merge first, then assign what was added since.",
        code: "MERGE_STANDS"
    )
    package static let sinceNotFound = Failure(
        .notFound,
        "Nothing with this id was added while the two were merged.",
        code: "SINCE_NOT_FOUND"
    )
    package static let assignmentTaken = Failure(
        .conflict,
        "They already have one of their own, such as an application to the same job.",
        code: "ASSIGNMENT_TAKEN"
    )
    package static let mergeNotProposed = Failure(
        .notFound,
        "The two have no e-mail address, telephone number or name in common, so no merge is proposed.",
        code: "MERGE_NOT_PROPOSED"
    )
    package static let dismissalNotFound = Failure(.notFound, "Dismissal not found.", code: "DISMISSAL_NOT_FOUND")
}
