import Identity
import Kernel
import Variables

extension Settings {
    /// Who runs the installation, made at the first start. Nil where the environment names nobody.
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
