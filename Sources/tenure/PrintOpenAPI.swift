import ArgumentParser
import Kernel
import Variables
import Web

struct PrintOpenAPI: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "openapi", abstract: "Print the OpenAPI document of the API.")

    func run() async throws {
        let publicURL = try WebSettings.publicURL(SettingsReader())
        let document = try await Declarations.read { composition in
            OpenAPIDocument(
                operations: composition.operations,
                events: try composition.eventDescriptions(),
                glossary: composition.capabilities.glossary,
                server: publicURL
            ).json.text
        }
        print(document)
    }
}
