package import Kernel

extension Failure {
    package static let notificationNotFound = Failure(.notFound, "Notification not found.", code: "NOTIFICATION_NOT_FOUND")
    package static let subjectUnknown = Failure.validation("subject", "Does not exist, or you can't see it.")
    package static let recipientUnknown = Failure.validation("user", "Is not somebody you can notify.")
}
