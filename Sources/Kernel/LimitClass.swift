/// What a call counts against: each signed-in person has a budget in each class, and so has each network for callers who aren't signed in.
/// A capability declares the classes its operations need besides the three here.
package struct LimitClass: Sendable {
    package struct Rate: Sendable {
        package let count: Int
        package let period: Duration

        package init(_ count: Int, per period: Duration) {
            self.count = count
            self.period = period
        }
    }

    package let name: String
    /// Whether a call tries a password, a token or a code; a right guess gives its unit back to the network it came from.
    package let countsGuesses: Bool
    /// Per network; nil means the plan's limit for anonymous callers.
    package let anonymous: [Rate]?
    /// Per signed-in person; empty means no limit.
    package let rates: @Sendable (Caller) -> [Rate]

    private init(_ name: String, countsGuesses: Bool, anonymous: [Rate]?, _ rates: @escaping @Sendable (Caller) -> [Rate]) {
        self.name = name
        self.countsGuesses = countsGuesses
        self.anonymous = anonymous
        self.rates = rates
    }

    /// The same for everybody.
    package init(_ name: String, _ rate: Rate, alsoAnonymous: Bool = false) {
        self.init(name, countsGuesses: false, anonymous: alsoAnonymous ? [rate] : nil) { _ in [rate] }
    }

    /// Rates that depend on the caller.
    package init(_ name: String, rates: @escaping @Sendable (Caller) -> [Rate]) {
        self.init(name, countsGuesses: false, anonymous: nil, rates)
    }

    package static let general = LimitClass("general") { caller in
        if case .companies(let companies) = caller.reach, companies.isEmpty { return [Rate(1000, per: .seconds(3600))] }
        return [Rate(10_000, per: .seconds(3600))]
    }

    /// Guesses. They are also counted by network and by account, so the numbers are kept together, in `Web`.
    package static let signIn = LimitClass("signIn", countsGuesses: true, anonymous: nil) { _ in [] }

    package static let unlimited = LimitClass("unlimited", countsGuesses: false, anonymous: []) { _ in [] }
}

extension LimitClass: Hashable {
    package static func == (one: LimitClass, other: LimitClass) -> Bool { one.name == other.name }
    package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
