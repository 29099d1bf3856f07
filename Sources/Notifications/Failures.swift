package import Kernel

extension Failure {
    package static let notificationNotFound = Failure(.notFound, "There is no such notification.", code: "NOTIFICATION_NOT_FOUND")
    package static let subjectUnknown = Failure.validation("subject", "Is nothing that you can see.")
    package static let recipientUnknown = Failure.validation("user", "Is nobody whom you can notify.")
}
