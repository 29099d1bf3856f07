import Kernel
import Synchronization

/// What a console script has reported so far, and what it would do in each tenant.
final class ConsolePlan: Sendable {
    struct State: Sendable {
        var output: [String] = []
        var tables: [ConsoleTable] = []
        var effects: [Identifier<Tenant>: [RunnerEffect]] = [:]
        /// The tenants entered so far.
        var entered: Set<Identifier<Tenant>> = []
        /// What people call the things that the script has read, by their ids.
        var labels: [String: String] = [:]
        /// A failure of ours, not the script's, that kept it from going on.
        var trouble: Failure?
    }

    private let content = Mutex(State())

    var state: State { content.withLock { $0 } }

    func print(_ line: String) { content.withLock { $0.output.append(line) } }
    func add(_ table: ConsoleTable) { content.withLock { $0.tables.append(table) } }
    func add(_ effect: RunnerEffect, in tenant: Identifier<Tenant>) {
        content.withLock { state in
            var effect = effect
            if let id = effect.target?.id { effect.target?.label = state.labels[id] }
            state.effects[tenant, default: []].append(effect)
        }
    }
    func name(_ things: JSON) { content.withLock { things.collectLabels(into: &$0.labels) } }
    func enter(_ tenant: Identifier<Tenant>) { content.withLock { _ = $0.entered.insert(tenant) } }
    func note(_ trouble: Failure) { content.withLock { $0.trouble = $0.trouble ?? trouble } }
}

extension JSON {
    /// Of whatever in it has an id, at any depth.
    fileprivate func collectLabels(into labels: inout [String: String]) {
        switch self {
        case .object(let members):
            if let id = members["id"]?.string, !label.isEmpty { labels[id] = label }
            for member in members.values { member.collectLabels(into: &labels) }
        case .array(let elements):
            for element in elements { element.collectLabels(into: &labels) }
        default: break
        }
    }
}
