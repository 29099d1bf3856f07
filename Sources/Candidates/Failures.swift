package import Kernel

extension Failure {
    package static let candidateNotFound = Failure(.notFound, "There is no such candidate.", code: "CANDIDATE_NOT_FOUND")
}
