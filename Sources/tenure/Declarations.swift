import Foundation
import Logging
import Web

/// All that the capabilities declare, with nothing behind it: no server, no database, no setting of the environment.
/// Whatever needs a tenant's data fails here; what only reads declarations works.
enum Declarations {
    static func read<Output>(_ body: (Composition) async throws -> Output) async throws -> Output {
        let folder = FileManager.default.temporaryDirectory.appending(path: "tenure-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        var environment = ["DATABASE_URL": nowhere, "OPERATOR_DATABASE_URL": nowhere, "TENURE_DATA": folder.path]
        environment["TENURE_PROGRAMS"] = ProcessInfo.processInfo.environment["TENURE_PROGRAMS"]
        let composition = try await Composition(Settings(environment), metrics: MetricsRegistry(), logger: .toStandardError(.error))
        do {
            let output = try await body(composition)
            await composition.close()
            return output
        } catch {
            await composition.close()
            throw error
        }
    }

    /// Nothing connects before it is used.
    private static let nowhere = "postgresql:///nowhere"
}
