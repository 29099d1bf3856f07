package import Kernel

extension Failure {
    package static let presenceUnavailable = Failure(.unavailable, "Presence is unavailable right now.", code: "PRESENCE_UNAVAILABLE")
}
