import Kernel
import Synchronization

/// The draft's store within its replay: empty at first, then with the effects of the events replayed before.
final class ReplayMemory: Sendable {
    private let values: Mutex<[String: JSON]>

    init(_ values: [String: JSON] = [:]) { self.values = Mutex(values) }

    var all: JSON { .object(values.withLock { $0 }) }

    /// Nil if the question isn't about the store.
    func answer(_ read: RunnerRead) -> RunnerAnswer? {
        switch read.name {
        case "store.get": .value(values.withLock { $0[read.arguments["key"]?.string ?? ""] } ?? .null)
        case "store.list":
            .value(.object(values.withLock { $0.filter { $0.key.hasPrefix(read.arguments["prefix"]?.string ?? "") } }))
        default: nil
        }
    }

    func apply(_ effects: [RunnerEffect]) throws(Failure) {
        for effect in effects {
            guard let change = StoreEffect(rawValue: effect.operation), let key = effect.arguments["key"]?.string else { continue }
            switch change {
            case .set: try set(key, effect.arguments["value"] ?? .null)
            case .delete: values.withLock { $0[key] = nil }
            }
        }
    }

    private func set(_ key: String, _ value: JSON) throws(Failure) {
        let isFull = values.withLock { values in
            if values[key] == nil, values.count == StoreQueries.mostKeys { return true }
            values[key] = value
            return false
        }
        if isFull { throw .storeFull }
    }
}

extension Replay {
    /// Whether the draft may use the store: then the order of its runs matters, and they run one after another. `_ENV` is another way to
    /// reach a global function.
    var remembers: Bool {
        ([source] + modules.values).contains { $0.contains("store") || $0.contains("_ENV") }
    }
}
