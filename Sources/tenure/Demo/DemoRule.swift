import Foundation
import Kernel

/// A rule of the demo tenant, in its own words.
struct DemoRule: Sendable {
    let name: String
    let source: String

    static let all: [DemoRule] = []

    func publish(by admin: Caller, on stage: DemoStage, at moment: Date) async throws {
        let body: JSON = ["name": .string(name), "kind": "rule", "source": .string(source)]
        let script = try await stage.perform("POST /admin/scripts", by: admin, at: moment, body)
        try await stage.perform("POST /admin/scripts/{id}/publish", by: admin, at: moment, id: script["id"]?.string)
    }
}
