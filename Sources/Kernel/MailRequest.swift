/// A mail that somebody has sent to an address that may not be theirs: its limits count these.
package struct MailRequest: Sendable {
    package enum Purpose: Sendable {
        case reset, confirmation
        case addressChange(by: Identifier<User>)
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

    /// Counts the mail against its limits; returns the failure if none is left.
    package typealias Allowance = @Sendable (MailRequest) async -> Failure?
}
