import Kernel
import Postgres

/// Applies what a run asked for: all of it or nothing, in one transaction that the caller opens and commits.
struct EffectApplication {
    let effects: [RunnerEffect]
    /// Questions and answers of the run, including those to the store.
    let reads: [RunnerResult.Exchange]
    /// Nil: all.
    let grants: [String]?
    let operations: LuaOperations
    let caller: Caller
    let transaction: TenantTransaction

    /// What concerns one of these can't be tried: the subjects of a made-up event, which have no rows.
    var madeUp: Set<String> = []

    /// Those of the effects, by their position, that could not be tried.
    @discardableResult
    func apply() async throws(Failure) -> Set<Int> {
        try await checkStore()
        var untried: Set<Int> = []
        for (position, effect) in effects.enumerated() {
            do throws(Failure) {
                try await apply(effect)
            } catch {
                guard error.kind == .notFound, effect.names(oneOf: madeUp) else { throw error.of(effect, at: position) }
                untried.insert(position)
            }
        }
        if changesStore { try await checkRoom() }
        return untried
    }

    private func apply(_ effect: RunnerEffect) async throws(Failure) {
        // The runner has checked the grant, but it runs other people's code, so don't rely on it.
        guard grants?.contains(effect.operation) ?? true else { throw .notGranted }
        try await operations.perform(effect, as: caller, in: transaction)
    }

    private var changesStore: Bool { effects.contains(where: \.isMemory) }

    /// A rule that read the store, computed and wants to write must not overwrite what another wrote meanwhile.
    private func checkStore() async throws(Failure) {
        guard changesStore else { return }
        transaction.queue(StoreQueries.lock(transaction.tenant))
        var seen: [String: JSON] = [:]
        for exchange in reads where exchange.read.name == "store.get" {
            guard case .value(let value, _) = exchange.answer, let key = exchange.read.arguments["key"]?.string else { continue }
            seen[key] = value
        }
        guard !seen.isEmpty else { return }
        let rows = try await transaction.query(StoreQueries.values(Array(seen.keys), tenant: transaction.tenant))
        let pairs: [(String, JSON)] = try rows.decoded { (try $0("key"), try $0.json("value")) }
        let present = Dictionary(pairs, uniquingKeysWith: { first, _ in first })
        guard seen.allSatisfy({ present[$0.key] ?? .null == $0.value }) else { throw .storeChanged }
    }

    private func checkRoom() async throws(Failure) {
        let rows = try await transaction.query(StoreQueries.count(transaction.tenant))
        let keys: [Int] = try rows.decoded { try $0("keys") }
        guard keys.allSatisfy({ $0 <= StoreQueries.mostKeys }) else { throw .storeFull }
    }
}

extension EffectApplication {
    /// One effect alone.
    init(_ effect: RunnerEffect, of rule: LiveRule, _ operations: LuaOperations, _ caller: Caller, _ transaction: TenantTransaction) {
        self.init(effects: [effect], reads: [], grants: rule.grants, operations: operations, caller: caller, transaction: transaction)
    }
}

extension LuaOperations {
    func perform(_ effect: RunnerEffect, as caller: Caller, in transaction: TenantTransaction) async throws(Failure) {
        switch StoreEffect(rawValue: effect.operation) {
        case .set: transaction.queue(StoreQueries.set(effect.key, effect.arguments["value"] ?? .null, transaction))
        case .delete: transaction.queue(StoreQueries.delete(effect.key, tenant: transaction.tenant))
        case nil:
            guard let operation = self[effect.operation], !operation.isRead else { throw .notGranted }
            _ = try await operation.perform(effect.input, by: caller.joining(transaction))
        }
        // The database's objections must be attributed to this effect, not to a later one.
        try await transaction.flush()
    }
}

extension RunnerEffect {
    /// The operation's input: the arguments, and the target in the path.
    var input: InputSource {
        InputSource(body: .object(arguments), texts: target.map { ["id": $0.id] } ?? [:])
    }

    fileprivate var key: String { arguments["key"]?.string ?? "" }

    /// Whether it is about one of these ids.
    fileprivate func names(oneOf ids: Set<String>) -> Bool {
        target.map { ids.contains($0.id) } ?? false || arguments.values.contains { $0.string.map(ids.contains) ?? false }
    }
}

/// A run whose effects were not possible: carries its failure out of the transaction that it rolled back.
struct RefusedRun: Error {
    let receipt: Receipt
}

extension Failure {
    var isOurs: Bool { kind == .internal || kind == .unavailable }

    /// The failure with the effect that caused it, which the receipt names. If it is our fault and not the rule's, the run is worth another
    /// try.
    fileprivate func of(_ effect: RunnerEffect, at position: Int) -> Failure {
        if isOurs { return self }
        let words = kind == .validation ? problems : message
        return Failure(
            kind,
            "\(effect.operation): \(words)",
            code: code,
            details: details.merging(["effect": .integer(position)]) { own, _ in own }
        )
    }

    /// Carries the run out of the transaction that it rolled back.
    func refusing(_ receipt: Receipt) -> Failure {
        isOurs ? self : Failure(kind, message, code: code, details: details, cause: RefusedRun(receipt: receipt))
    }
}
