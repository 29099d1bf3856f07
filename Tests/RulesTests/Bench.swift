import Foundation
import Kernel
import Logging
import Synchronization

@testable import Rules

/// A pool running the real program, and rules to run on it.
struct Bench {
    static let executable: String = {
        // The test bundle and the program are built into the same directory.
        let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        return tests.deletingLastPathComponent().appending(path: "rule-runner").path
    }()

    static let vocabulary = RunnerVocabulary(
        entities: ["application": ["move": ["status"], "tag": ["name"], "label": ["names"]], "job": ["close": []]],
        functions: ["notify": []],
        reads: ["find": ["entity", "id"]]
    )

    static let event: JSON = [
        "application": [
            "id": "app-1", "atsScore": 91, "source": "referral", "gap": .null, "tags": ["swift", "sql"],
            "scorecards": [["rating": 4], ["rating": 5]], "candidate": ["id": "cand-1", "name": "Ada Byron"],
        ],
        "to": "hired",
    ]

    let pool: RunnerPool

    init(size: Int = 1, patience: Duration = .seconds(20)) {
        pool = RunnerPool(executable: Self.executable, size: size, patience: patience, log: Logger(label: "rules.tests"))
    }

    static func program(
        _ source: String,
        key: String = UUID().uuidString,
        modules: [String: String] = [:],
        grants: [String]? = nil
    ) -> RunnerProgram {
        let script = RunnerProgram.Script(id: "rule", name: "rule", source: source, grants: grants)
        return RunnerProgram(key: key, scripts: [script], modules: modules, vocabulary: vocabulary)
    }

    static func request(
        _ hook: RunnerHook,
        _ name: String = "e",
        event: JSON = event,
        now: Double = 1_767_225_600,
        seed: Int = 7,
        limits: RunnerLimits = RunnerLimits()
    ) -> RunnerRequest {
        RunnerRequest(
            script: "rule",
            hook: hook,
            name: name,
            event: event,
            amendable: ["to", "note"],
            now: now,
            seed: seed,
            limits: limits
        )
    }

    /// Runs the body of an `on` handler.
    func on(
        _ body: String,
        modules: [String: String] = [:],
        grants: [String]? = nil,
        limits: RunnerLimits = RunnerLimits(),
        host: @escaping RunnerHost = { _ in .value(.null) }
    ) async throws -> RunnerResult {
        let program = Self.program("on('e', function(event)\n\(body)\nend)", modules: modules, grants: grants)
        return try await pool.run(Self.request(.on, limits: limits), of: program, host: host)
    }

    /// Runs the body of a `before` handler.
    func before(_ body: String) async throws -> RunnerResult {
        try await pool.run(Self.request(.before), of: Self.program("before('e', function(event)\n\(body)\nend)"))
    }
}

/// A tenant's key-value store in memory.
final class Shelf: Sendable {
    private let values: Mutex<[String: JSON]>

    init(_ values: [String: JSON] = [:]) {
        self.values = Mutex(values)
    }

    var host: RunnerHost {
        { read in
            let values = self.values.withLock { $0 }
            switch read.name {
            case "store.get": return .value(values[read.arguments["key"]?.string ?? ""] ?? .null)
            case "store.list":
                let prefix = read.arguments["prefix"]?.string ?? ""
                return .value(.object(values.filter { $0.key.hasPrefix(prefix) }))
            case "find": return .value(["id": read.arguments["id"] ?? .null, "status": "new"], entity: read.arguments["entity"]?.string)
            default: return .failure("unknown")
            }
        }
    }
}

extension RunnerResult {
    var fault: RunnerFault? {
        guard case .failed(let fault) = outcome else { return nil }
        return fault
    }

    var isCompleted: Bool {
        guard case .completed = outcome else { return false }
        return true
    }
}
