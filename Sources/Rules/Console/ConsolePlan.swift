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
        /// A failure of ours, not the script's, that kept it from going on.
        var trouble: Failure?
    }

    private let content = Mutex(State())

    var state: State { content.withLock { $0 } }

    func print(_ line: String) { content.withLock { $0.output.append(line) } }
    func add(_ table: ConsoleTable) { content.withLock { $0.tables.append(table) } }
    func add(_ effect: RunnerEffect, in tenant: Identifier<Tenant>) { content.withLock { $0.effects[tenant, default: []].append(effect) } }
    func enter(_ tenant: Identifier<Tenant>) { content.withLock { _ = $0.entered.insert(tenant) } }
    func note(_ trouble: Failure) { content.withLock { $0.trouble = $0.trouble ?? trouble } }
}
