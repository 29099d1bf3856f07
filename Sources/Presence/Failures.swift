package import Kernel

extension Failure {
    package static let presenceUnavailable = Failure(.unavailable, "Nobody's presence is known right now.", code: "PRESENCE_UNAVAILABLE")
}
