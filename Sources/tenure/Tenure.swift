import ArgumentParser

@main
struct Tenure: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tenure",
        abstract: "A multi-tenant recruiting server that its tenants can program.",
        subcommands: [
            Serve.self, Migrate.self, Demo.self, PrintOpenAPI.self, RulesCommand.self, VerifyEvents.self, RotateSecrets.self,
            CheckBlobs.self, ReceiveMail.self, PrintSettings.self,
        ]
    )
}
