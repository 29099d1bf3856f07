/// A mail that somebody has sent to an address which need not be theirs: what its limits count.
package struct MailRequest: Sendable {
    package enum Purpose: Sendable {
        case reset, confirmation
        case invitation(by: Identifier<User>?)
    }

    package let purpose: Purpose
    package let recipient: EmailAddress
    package let tenant: Identifier<Tenant>

    package init(_ purpose: Purpose, to recipient: EmailAddress, in tenant: Identifier<Tenant>) {
        self.purpose = purpose
        self.recipient = recipient
        self.tenant = tenant
    }

    /// Takes the mail from its limits; the failure where nothing is left.
    package typealias Allowance = @Sendable (MailRequest) async -> Failure?
}
