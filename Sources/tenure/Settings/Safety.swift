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
            "The keys that encrypt credentials in the database: `id:base64` of 32 bytes each, separated by commas, the one in use first. To "
                + "rotate, put a new key in front, restart the servers, run `tenure rotate-secrets`, and then remove the old one. "
                + "**Without its key a secret is lost**: keep them where no database backup is.",
            isSecret: true
        ) { text throws(SettingProblem) in
            do throws(KeyRing.Problem) { return try KeyRing(text) } catch { throw SettingProblem(error.description) }
        }
        static let adminEmail = Setting(
            optional: "TENURE_ADMIN_EMAIL",
            "The system administrator that the first start creates, in the tenant `system`. An existing one is left as it is."
        )
        static let adminPassword = Setting(optional: "TENURE_ADMIN_PASSWORD", "Their password.", isSecret: true)
        static let permits = Setting<[AddressPolicy.Permit]>(
            "TENURE_OUTBOUND_PERMIT",
            or: [],
            shown: "empty",
            "Private hosts, addresses or CIDR ranges, separated by commas, that addresses given by users may lead to: a system on the "
                + "premises, a trial. Everything else that is not on the public Internet is refused. In production each start warns about "
                + "them, and this machine, its link and a cloud's metadata can't be permitted."
        ) { text throws(SettingProblem) in
            var permits: [AddressPolicy.Permit] = []
            for entry in text.commaSeparated {
                guard let permit = AddressPolicy.Permit(entry) else {
                    throw SettingProblem("'\(entry)' is not a host, address or CIDR range.")
                }
                permits.append(permit)
            }
            return permits
        }
        static let authorities = Setting(
            optional: "TENURE_OUTBOUND_AUTHORITIES",
            "A file of certificates (PEM) to trust in addition to the system's when this server calls others over TLS."
        )

        static let section = SettingsSection(
            "Secrets and outgoing requests",
            [secret, keys, adminEmail, adminPassword, permits, authorities]
        )
    }
}
