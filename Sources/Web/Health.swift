import Kernel

/// The state of a part that the server depends on.
package enum HealthStatus: Sendable, Equatable {
    case ok
    /// Works with limitations; requests continue.
    case degraded(String)
    case failed(String)
}

/// Checks one part. Without a required part the server is not ready.
package struct HealthCheck: Sendable {
    package let name: String
    package let isRequired: Bool
    package let check: @Sendable () async -> HealthStatus

    package init(_ name: String, isRequired: Bool, check: @escaping @Sendable () async -> HealthStatus) {
        self.name = name
        self.isRequired = isRequired
        self.check = check
    }
}

/// All parts, checked at once.
struct Readiness: Sendable {
    let isReady: Bool
    let json: JSON

    static func ask(_ checks: [HealthCheck]) async -> Readiness {
        let answers = await withTaskGroup(of: (HealthCheck, HealthStatus).self) { group in
            for check in checks { group.addTask { (check, await check.check()) } }
            return await group.reduce(into: [(HealthCheck, HealthStatus)]()) { $0.append($1) }
        }
        let isReady = answers.allSatisfy { check, status in
            if case .failed = status { return !check.isRequired }
            return true
        }
        let parts = answers.map { check, status in (check.name, describe(status)) }
        let isWhole = answers.allSatisfy { $0.1 == .ok }
        let word: JSON = !isReady ? "failed" : isWhole ? "ok" : "degraded"
        let members: [String: JSON] = ["status": word, "checks": .object(Dictionary(parts, uniquingKeysWith: { first, _ in first }))]
        return Readiness(isReady: isReady, json: .object(members))
    }

    private static func describe(_ status: HealthStatus) -> JSON {
        switch status {
        case .ok: ["status": "ok"]
        case .degraded(let reason): ["status": "degraded", "reason": .string(reason)]
        case .failed(let reason): ["status": "failed", "reason": .string(reason)]
        }
    }
}
