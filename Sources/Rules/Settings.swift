package import Variables

/// How tenants' rules run.
package struct RulesSettings: Sendable {
    /// How many run at once.
    package let runners: Int

    static let runners = Setting("TENURE_RULE_RUNNERS", or: 2, "How many of the tenants' rules run at once.")

    package static let section = SettingsSection("Rules", [runners])

    package init(_ read: SettingsReader) throws(SettingsError) {
        runners = try read(Self.runners)
    }
}
