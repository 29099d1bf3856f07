import ArgumentParser
import Logging
import Variables
import Web

struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Create one realistic demo tenant, once.")

    func run() async throws {
        let settings = try Settings()
        guard settings.environment == .development else {
            throw SettingsError(description: "The demo tenant's passwords are public: production refuses it.")
        }
        print(try await Composition.run(settings) { try await DemoTenant($0).seed() }.words)
    }
}
