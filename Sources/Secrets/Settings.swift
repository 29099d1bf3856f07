package import Variables

/// With what secrets in the database are encrypted.
package struct SecretsSettings: Sendable {
    package let keys: KeyRing

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

    package static let section = SettingsSection("Secrets in the database", [keys])

    package init(_ read: SettingsReader) throws(SettingsError) {
        keys = try read(Self.keys)
    }
}
