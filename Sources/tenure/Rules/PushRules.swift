import ArgumentParser
import Kernel
import RuleFiles

struct PushRules: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "push",
        abstract: "Upload a directory's scripts to a server.",
        discussion: """
            The key of the tenant is taken from TENURE_API_KEY. Libraries go first; what
            is the same on the server is left alone. A rule is checked and its fixtures
            are run here before it goes anywhere. With --publish what was pushed goes
            live, after a dry run on the server; rules that take a library that is newer
            than they are, are published anew.

            A draft that somebody changed on the server since it was last pulled or
            pushed is not overwritten; DIR/.tenure.json keeps what both sides agreed on.
            It belongs to your copy and not into git; a build server, for which what is
            in git is right, pushes with --force. Nothing is ever removed from the
            server. Ends with status 1 where a script stayed behind.
            """
    )

    @Argument(help: ArgumentHelp("The directory with the rules.", valueName: "dir"))
    var directory: String

    @OptionGroup var server: ServerOptions

    @Flag(help: "Publish what was pushed.")
    var publish = false

    @Option(help: ArgumentHelp("The comment on the published versions.", valueName: "text"))
    var comment: String?

    @Flag(help: "Print what would be done, without doing it.")
    var dryRun = false

    @Flag(help: "Overwrite drafts that were changed on the server.")
    var force = false

    func run() async throws {
        let folder = try RuleFolder(directory)
        let options = RulePush.Options(publishes: publish, comment: comment, isRehearsal: dryRun, overwrites: force)
        try await server.withServer { server in
            var report = SyncReport(naming: (folder.libraries + folder.rules).map(\.name))
            try await Declarations.read { composition in
                var push = try await RulePush(folder, to: server, rules: composition.rules, options: options)
                try await push.run { report.tell($0) }
            }
            try report.end()
        }
    }
}
