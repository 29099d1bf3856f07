package import Kernel

extension Failure {
    package static let erasureNotFound = Failure(.notFound, "There is no such erasure.", code: "ERASURE_NOT_FOUND")
    package static let erasurePending = Failure(
        .conflict,
        "This account is already to be erased, or is being erased.",
        code: "ERASURE_PENDING"
    )
    package static let systemAdministratorErasure = Failure(
        .conflict,
        "Somebody who runs the installation is erased by another such person only.",
        code: "SYSTEM_ADMINISTRATOR"
    )
}
