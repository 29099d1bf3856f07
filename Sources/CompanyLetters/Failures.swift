package import Kernel

extension Failure {
    package static let invitationLetterFixed = Failure.validation(
        "kind",
        "An invitation always goes out, when the tenant's rules say."
    )
}
