import ArgumentParser

/// A team's rules, kept as files with its other code.
struct RulesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules",
        abstract: "Keep a tenant's rules as files: check, test, push and pull them.",
        discussion: """
            The files of a team lie in one directory, which it keeps in git:

              DIR/auto-advance/rule.lua          the rule "auto-advance"
              DIR/auto-advance/rule.json         {"grants": ["application:move"]}, if it
                                                 may not do everything
              DIR/auto-advance/fixtures/*.json   what must come of it
              DIR/lib/scores.lua                 a library: require "scores"

            check and test need no server. push, pull and replay-receipt speak to one with
            the tenant's API key, which they take from TENURE_API_KEY.
            """,
        subcommands: [CheckRules.self, TestRules.self, PushRules.self, PullRules.self, ReplayReceipt.self]
    )
}
