import Kernel

/// The operations that have a Lua name, by that name. Reads are answered while a script runs; the others are its effects.
struct LuaOperations: Sendable {
    private let byName: [String: APIOperation]
    let vocabulary: RunnerVocabulary

    /// The operations for scripts of this audience; the console's scripts have all.
    init(_ operations: [APIOperation], for audience: APIOperation.LuaName.Audience = .everyone) {
        var vocabulary = RunnerVocabulary()
        var byName: [String: APIOperation] = [:]
        for operation in operations {
            guard let lua = operation.lua, audience == .console || lua.audience == .everyone else { continue }
            byName[lua.text] = operation
            if let entity = lua.entity {
                vocabulary.entities[entity, default: [:]][lua.function] = lua.parameters
            } else if operation.isRead {
                vocabulary.reads[lua.function] = lua.parameters
            } else {
                vocabulary.functions[lua.function] = lua.parameters
            }
        }
        self.byName = byName
        self.vocabulary = vocabulary
    }

    subscript(_ name: String) -> APIOperation? { byName[name] }

    var all: [(name: String, operation: APIOperation)] {
        byName.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// What a script may be granted: its effects, including those of the key-value store.
    var grantable: Set<String> {
        Set(byName.filter { !$0.value.isRead }.keys).union(StoreEffect.allCases.map(\.rawValue))
    }

    /// The read `application("...")` returns an application, and `applications{}` a list of them: they have an application's methods.
    func entity(ofRead name: String) -> String? {
        let entity = byName[name]?.lua?.answers ?? name
        return vocabulary.entities[entity] == nil ? nil : entity
    }
}

/// The effects that aren't operations: writes to the rules' store.
enum StoreEffect: String, CaseIterable {
    case set = "store.set"
    case delete = "store.delete"
}

extension APIOperation {
    var isRead: Bool { method == .get }

    /// What an input would be refused with because of its fields; nil if they are valid.
    func refusal(of source: InputSource) -> Failure? {
        do throws(Failure) {
            try Self.read(source, as: input)
            return nil
        } catch {
            return error
        }
    }

    private static func read<Input: Decodable>(_ source: InputSource, as type: Input.Type) throws(Failure) {
        _ = try source.decode(Input.self)
    }
}
