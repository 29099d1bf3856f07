import Synchronization

/// All capabilities of the program, for code that asks every one of them. It is created before them, since some of them ask the others, and
/// stays empty until all are made.
package final class Capabilities: Sendable {
    private struct Known {
        var all: [any Capability] = []
        var constraints: [String: Failure] = [:]
        var glossary = Glossary.shared
        var payloads: [String: String] = [:]
    }

    private let known = Mutex(Known())

    package init() {}

    package func learn(_ all: [any Capability]) {
        var learned = Known(all: all)
        for type in all.types {
            learned.glossary.merge(type.glossary)
            learned.constraints.merge(type.constraints) { first, _ in first }
            for event in type.events { learned.payloads[event.name] = SchemaRecorder.schema(of: event).name }
        }
        known.withLock { [learned] in $0 = learned }
    }

    package var all: [any Capability] { known.withLock { $0.all } }
    package var constraints: [String: Failure] { known.withLock { $0.constraints } }
    package var glossary: Glossary { known.withLock { $0.glossary } }
    /// Event name to the name of its payload's schema.
    package var payloads: [String: String] { known.withLock { $0.payloads } }

    package var operations: [APIOperation] {
        all.flatMap { capability in capability.operations.map { $0.published(in: type(of: capability).part) } }
    }

    package var work: [WorkHandler] { all.flatMap(\.work) }
    package var upkeep: [Upkeep] { all.flatMap(\.upkeep) }
    package var meters: [Meter] { all.flatMap(\.meters) }
    package var personalData: [PersonalDataSource] { all.flatMap(\.personalData) }
    package var pages: [WebPage] { all.flatMap(\.pages) }
    package var events: [any Event.Type] { all.types.flatMap { $0.events } }
    package var proposals: [any Proposal.Type] { all.types.flatMap { $0.proposals } }
    package var personalTables: [PersonalTable] { all.types.flatMap { $0.personalTables } }
    package var belongings: [Belonging] { all.types.flatMap { $0.belongings } }
    package var blobs: [BlobColumn] { all.types.flatMap { $0.blobs } }
    package var countedTables: [StaticString] { all.types.flatMap { $0.countedTables } }

    package func visible(_ users: [Identifier<User>], to caller: SignedIn) async throws(Failure) -> Set<Identifier<User>> {
        var visible: Set<Identifier<User>> = []
        for capability in all { visible.formUnion(try await capability.visible(users, to: caller)) }
        return visible
    }
}

extension [any Capability] {
    package var types: [any Capability.Type] { map { type(of: $0) } }
}
