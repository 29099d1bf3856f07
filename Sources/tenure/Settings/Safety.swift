import Outbound
import Secrets
import Variables

extension Settings {
    enum Safety {
        static let secret = Setting(
            "TENURE_SECRET",
            or: Settings.developmentSecret,
            shown: "a fixed one in development",
            "Signs access tokens; at least 32 bytes. Changing it ends access tokens, not sessions: clients refresh.",
            isSecret: true
        )
        static let keys = Setting<KeyRing>(
            "TENURE_SECRET_KEYS",
            or: .development,
            shown: "a public one in development",
            "What credentials in the database are kept under: `id:base64` of 32 bytes each, separated by commas, the one in use first. A new "
                + "key goes in front, the servers are restarted, `tenure rotate-secrets` brings everything under it, and then the old one can "
                + "go. **Without its key a secret is lost**: keep them where no database backup is.",
            isSecret: true
        ) { text throws(SettingProblem) in
            do throws(KeyRing.Problem) { return try KeyRing(text) } catch { throw SettingProblem(error.description) }
        }
        static let adminEmail = Setting(
            optional: "TENURE_ADMIN_EMAIL",
            "The system administrator that the first start makes, in the tenant `system`. An existing one is left as it is."
        )
        static let adminPassword = Setting(optional: "TENURE_ADMIN_PASSWORD", "Their password.", isSecret: true)
        static let permits = Setting<[AddressPolicy.Permit]>(
            "TENURE_OUTBOUND_PERMIT",
            or: [],
            shown: "empty",
            "Hosts, addresses or CIDR ranges, separated by commas, that an address which a user gave may lead to although they are private: a "
                + "system on the premises, a trial. Everything else that is not on the public Internet is refused. In production each start "
                + "warns of them, and none opens this machine, its link or a cloud's metadata."
        ) { text throws(SettingProblem) in
            var permits: [AddressPolicy.Permit] = []
            for entry in text.commaSeparated {
                guard let permit = AddressPolicy.Permit(entry) else {
                    throw SettingProblem("'\(entry)' is no host, address or CIDR range.")
                }
                permits.append(permit)
            }
            return permits
        }
        static let authorities = Setting(
            optional: "TENURE_OUTBOUND_AUTHORITIES",
            "A file of certificates (PEM) to trust besides the system's when this server calls others over TLS."
        )

        static let section = SettingsSection("Secrets, and the way out", [secret, keys, adminEmail, adminPassword, permits, authorities])
    }
}
