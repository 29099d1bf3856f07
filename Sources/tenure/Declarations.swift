import Foundation
import Logging
import Web

/// Everything that the capabilities declare, with nothing behind it: no server, no database, no environment. Whatever needs a tenant's data
/// fails here; whatever only reads declarations works.
enum Declarations {
    static func read<Output>(_ body: (Composition) async throws -> Output) async throws -> Output {
        let folder = FileManager.default.temporaryDirectory.appending(path: "tenure-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        var environment = [
            "DATABASE_URL": nowhere, "OPERATOR_DATABASE_URL": nowhere, "TENURE_DATA": folder.path, "TENURE_LOG_LEVEL": "error",
        ]
        environment["TENURE_PROGRAMS"] = ProcessInfo.processInfo.environment["TENURE_PROGRAMS"]
        return try await Composition.run(Settings(environment), body)
    }

    /// Nothing connects until it is used.
    private static let nowhere = "postgresql:///nowhere"
}
