import Kernel
import Postgres
import Synchronization

/// Answers a run's questions, with the rule's own standing.
final class RuleHost: Sendable {
    private let operations: LuaOperations
    private let store: TenantStore
    private let caller: Caller
    private let known: [RunnerRead: RunnerAnswer]
    private let failed = Mutex<Failure?>(nil)

    /// `known` are questions that were answered before, and get the same answers.
    init(
        _ learned: RuleGate.Learned,
        caller: Caller,
        operations: LuaOperations? = nil,
        known: [RunnerRead: RunnerAnswer] = [:]
    ) {
        self.known = known
        self.operations = operations ?? learned.operations
        store = learned.store
        self.caller = caller
    }

    /// A failure of ours, not the rule's, that prevented an answer. The run is then void.
    var trouble: Failure? { failed.withLock { $0 } }

    func answer(_ read: RunnerRead) async -> RunnerAnswer { await reading(read).answer }

    /// The answer and, for a list that goes on, the arguments that get the next page.
    func reading(_ read: RunnerRead) async -> (answer: RunnerAnswer, more: JSON?) {
        if let answer = known[read] { return (answer, nil) }
        do throws(Failure) {
            switch read.name {
            case "store.get": return (.value(try await value(read.arguments["key"]?.string ?? "")), nil)
            case "store.list": return (.value(try await values(prefix: read.arguments["prefix"]?.string ?? "")), nil)
            default:
                let view = try await view(read)
                return (.value(view.value, entity: operations.entity(ofRead: read.name)), view.more)
            }
        } catch {
            if error.isOurs { failed.withLock { $0 = error } }
            return (.failure(error.kind == .validation ? error.problems : error.message), nil)
        }
    }

    private func value(_ key: String) async throws(Failure) -> JSON {
        let rows = try await store.query(as: SystemActor(caller), StoreQueries.values([key], tenant: caller.tenant))
        return try rows.decoded { try $0.json("value") }.first ?? .null
    }

    private func values(prefix: String) async throws(Failure) -> JSON {
        let rows = try await store.query(as: SystemActor(caller), StoreQueries.list(prefix: prefix, tenant: caller.tenant))
        let pairs: [(String, JSON)] = try rows.decoded { (try $0("key"), try $0.json("value")) }
        return .object(Dictionary(pairs, uniquingKeysWith: { first, _ in first }))
    }

    private func view(_ read: RunnerRead) async throws(Failure) -> LuaView {
        guard let operation = operations[read.name], operation.isRead else { throw .notFound }
        let output = try await operation.perform(InputSource(body: .object(read.arguments)), by: caller)
        do { return LuaView(try JSON(encoding: output), of: read.name) } catch { throw .internal(error) }
    }
}

extension Failure {
    /// A validation's fields on one line.
    var problems: String {
        details.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.string ?? $0.value.text)" }.joined(separator: " ")
    }
}
