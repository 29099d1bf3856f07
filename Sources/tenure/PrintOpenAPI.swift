import ArgumentParser
import Kernel
import Logging
import Web

struct PrintOpenAPI: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "openapi", abstract: "Print the OpenAPI document of the API.")

    func run() async throws {
        let settings = try Settings()
        let composition = try await Composition(settings, metrics: MetricsRegistry(), logger: .toStandardError(.error))
        let document = OpenAPIDocument(
            operations: composition.operations,
            events: try composition.eventDescriptions(),
            server: settings.publicURL
        )
        print(document.json.text)
        await composition.close()
    }
}
