import ArgumentParser
import RuleFiles

struct PullRules: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pull",
        abstract: "Download a server's scripts into a directory.",
        discussion: """
            The key of the tenant is taken from TENURE_API_KEY. Drafts are written, as
            DIR/NAME/rule.lua and DIR/lib/NAME.lua; fixtures are left alone. A file that
            was changed here since it was last pulled or pushed is not overwritten. Ends
            with status 1 where a script could not be written.
            """
    )

    @Argument(help: ArgumentHelp("The directory for the rules; created if need be.", valueName: "dir"))
    var directory: String

    @OptionGroup var server: ServerOptions

    @Flag(help: "Overwrite files that were changed here.")
    var force = false

    func run() async throws {
        try await server.withServer { server in
            let pull = try await RulePull(into: directory, from: server, overwrites: force)
            var report = SyncReport(naming: pull.names)
            try pull.run { report.tell($0) }
            try report.end()
        }
    }
}
