import Kernel
import Postgres

/// Does what a run asked for: all of it in one transaction, which the caller opens and commits, or nothing.
struct EffectApplication {
    let effects: [RunnerEffect]
    /// What the run saw of the store, among others.
    let reads: [RunnerResult.Exchange]
    /// Nil: all.
    let grants: [String]?
    let operations: LuaOperations
    let caller: Caller
    let transaction: TenantTransaction

    func apply() async throws(Failure) {
        try await checkStore()
        for (position, effect) in effects.enumerated() {
            do throws(Failure) {
                try await apply(effect)
            } catch {
                throw error.of(effect, at: position)
            }
        }
        if changesStore { try await checkRoom() }
    }

    private func apply(_ effect: RunnerEffect) async throws(Failure) {
        // The runner has checked the grant; it is a process that runs others' code, so it is not the one to be believed.
        guard grants?.contains(effect.operation) ?? true else { throw .notGranted }
        try await operations.perform(effect, as: caller, in: transaction)
    }

    private var changesStore: Bool { effects.contains(where: \.isMemory) }

    /// A rule that read, computed and wants to write must not overwrite what another wrote meanwhile.
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

extension LuaOperations {
    func perform(_ effect: RunnerEffect, as caller: Caller, in transaction: TenantTransaction) async throws(Failure) {
        switch StoreEffect(rawValue: effect.operation) {
        case .set: transaction.queue(StoreQueries.set(effect.key, effect.arguments["value"] ?? .null, transaction))
        case .delete: transaction.queue(StoreQueries.delete(effect.key, tenant: transaction.tenant))
        case nil:
            guard let operation = self[effect.operation], !operation.isRead else { throw .notGranted }
            _ = try await operation.perform(effect.input, by: caller.joining(transaction))
        }
        // What the database has against it must be told of this effect, not of a later one.
        try await transaction.flush()
    }
}

extension RunnerEffect {
    /// What the operation is given: the arguments, and the target as the path has it.
    var input: InputSource {
        InputSource(body: .object(arguments), texts: target.map { ["id": $0.id] } ?? [:])
    }

    fileprivate var key: String { arguments["key"]?.string ?? "" }
}

/// A run whose effects were not possible: what a failure carries out of the transaction that it undid.
struct RefusedRun: Error {
    let receipt: Receipt
}

extension Failure {
    var isOurs: Bool { kind == .internal || kind == .unavailable }

    /// The failure with the effect that met it, which the receipt names. Where it is ours and not the rule's, the run is worth another try.
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

    /// Carries the run out of the transaction that it undid.
    func refusing(_ receipt: Receipt) -> Failure {
        isOurs ? self : Failure(kind, message, code: code, details: details, cause: RefusedRun(receipt: receipt))
    }
}
