package import Postgres

/// Something counted against a person's plan: how many each tier may have, nil for no limit, and the statement that counts, which returns
/// one number.
package struct Meter: Sendable {
    package let name: String
    package let limits: [Tier: Int]
    package let count: @Sendable (SignedIn) -> SQL

    package init(_ name: String, limits: [Tier: Int], count: @escaping @Sendable (SignedIn) -> SQL) {
        self.name = name
        self.limits = limits
        self.count = count
    }
}

extension [Meter] {
    /// All of them in one statement, with a row of name and number for each; nil if there are none.
    package func counting(_ user: SignedIn) -> SQL? {
        guard !isEmpty else { return nil }
        return map { "SELECT \($0.name)::text AS name, (\(fragment: $0.count(user)))::bigint AS used" }.joined(separator: " UNION ALL ")
    }
}
