package import Kernel

extension Failure {
    package static let mailNotFound = Failure(.notFound, "Mail not found.", code: "MAIL_NOT_FOUND")
    package static let mailNotStuck = Failure(.conflict, "This mail isn't waiting: it was sent, or is being sent.", code: "MAIL_NOT_STUCK")
}
