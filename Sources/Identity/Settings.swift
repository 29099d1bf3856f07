import Kernel
package import Variables

/// How people sign in, and the first of them.
package struct IdentitySettings: Sendable {
    /// Signs access tokens.
    package let secret: String
    private let adminEmail: String?
    private let adminPassword: String?

    static let secret = Setting(
        "TENURE_SECRET",
        or: developmentSecret,
        shown: "a fixed one in development",
        "Signs access tokens; at least 32 bytes. Changing it ends access tokens, not sessions: clients refresh.",
        isSecret: true
    )
    static let adminEmail = Setting(
        optional: "TENURE_ADMIN_EMAIL",
        "The system administrator that the first start creates, in the tenant `system`. An existing one is left as it is."
    )
    static let adminPassword = Setting(optional: "TENURE_ADMIN_PASSWORD", "Their password.", isSecret: true)

    package static let section = SettingsSection("Signing in", [secret, adminEmail, adminPassword])

    package init(_ read: SettingsReader) throws(SettingsError) {
        secret = try read(Self.secret)
        adminEmail = try read(Self.adminEmail)
        adminPassword = try read(Self.adminPassword)
    }

    /// Only for trying Tenure; production refuses it.
    package static let developmentSecret = "development-only-secret-that-production-refuses"

    /// The person who runs the installation, created at the first start. Nil if the environment names nobody.
    package var systemAdministrator: Identity.SystemAdministrator? {
        get throws(SettingsError) {
            guard let adminEmail, let adminPassword else { return nil }
            do {
                return Identity.SystemAdministrator(email: try EmailAddress(adminEmail), password: adminPassword)
            } catch {
                throw SettingsError(description: "\(Self.adminEmail.name) must be an e-mail address.")
            }
        }
    }
}
