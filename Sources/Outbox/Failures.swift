package import Kernel

extension Failure {
    package static let mailNotFound = Failure(.notFound, "There is no such mail.", code: "MAIL_NOT_FOUND")
    package static let mailNotStuck = Failure(.conflict, "This mail doesn't wait: it went, or it is on its way.", code: "MAIL_NOT_STUCK")
}
