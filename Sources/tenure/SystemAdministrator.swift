import Identity
import Kernel
import Variables

extension Settings {
    /// The person who runs the installation, created at the first start. Nil if the environment names nobody.
    var systemAdministrator: Identity.SystemAdministrator? {
        get throws {
            guard let systemAdminEmail, let systemAdminPassword else { return nil }
            do {
                return Identity.SystemAdministrator(email: try EmailAddress(systemAdminEmail), password: systemAdminPassword)
            } catch {
                throw SettingsError(description: "TENURE_ADMIN_EMAIL must be an e-mail address.")
            }
        }
    }
}
