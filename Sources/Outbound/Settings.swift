package import Variables

/// Where requests to others may go, and whom they trust.
package struct OutboundSettings: Sendable {
    /// Private hosts and ranges that addresses from strangers may lead to.
    package let permits: [AddressPolicy.Permit]
    /// A file of certificates to trust, in addition to the system's.
    package let authorities: String?

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

    package static let section = SettingsSection("Outgoing requests", [permits, authorities])

    package init(_ read: SettingsReader) throws(SettingsError) {
        permits = try read(Self.permits)
        authorities = try read(Self.authorities)
    }
}
