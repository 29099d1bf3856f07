import ArgumentParser
import Logging
import Variables
import Web

struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Seed one believable tenant, once.")

    func run() async throws {
        let settings = try Settings()
        guard settings.environment == .development else {
            throw SettingsError(description: "The demo tenant's passwords are public: production refuses it.")
        }
        let composition = try await Composition(settings, metrics: MetricsRegistry(), logger: .toStandardError(settings.logLevel))
        do {
            let outcome = try await DemoTenant(composition).seed()
            await composition.close()
            print(outcome.words)
        } catch {
            await composition.close()
            throw error
        }
    }
}
