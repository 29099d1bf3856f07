import ArgumentParser
import Kernel
import RuleFiles

struct ReplayReceipt: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay-receipt",
        abstract: "Show a rule's run from its receipt, and execute it again.",
        discussion: """
            The key of the tenant is taken from TENURE_API_KEY. The version that ran is
            given what it was given then: the event, the time, the seed and the answers
            to what it read. Nothing it asks for is done. It must decide the same, bit
            for bit; ends with status 1 where it does not.
            """
    )

    @Argument(help: "The id of the run, as shown in the list of a script's runs.")
    var id: String

    @OptionGroup var server: ServerOptions

    func run() async throws {
        guard let id = Identifier<ReplayedReceipt>(id) else { throw ValidationError("'\(id)' is not the id of a run.") }
        try await server.withServer { server in
            let receipt = try await ReplayedReceipt(id, on: server)
            for line in receipt.lines { print(line) }
            if !receipt.isSame { throw ExitCode(1) }
        }
    }
}
