/// One room of the house: what it lets others do and what happens in it, as values. Everything generic (routes, documentation, limits, rules, worker,
/// catalogue, export) reads these and knows nothing else about it.
package protocol Capability: Sendable {
    var operations: [APIOperation] { get }
    var work: [WorkHandler] { get }
    var upkeep: [Upkeep] { get }
    /// What is counted against a person's plan.
    var meters: [Meter] { get }
    /// What is held about a person, for the export.
    var personalData: [PersonalDataSource] { get }
    /// What people look at, with its files.
    var pages: [WebPage] { get }
    /// Which of some people a caller may know to be there, as far as can be told here.
    func visible(_ users: [Identifier<User>], to caller: SignedIn) async throws(Failure) -> Set<Identifier<User>>

    /// Where the API document has the operations.
    static var part: APIPart { get }
    static var events: [any Event.Type] { get }
    static var proposals: [any Proposal.Type] { get }
    /// Constraint name to the failure that its violation means.
    static var constraints: [String: Failure] { get }
    /// Where its tables name stored files.
    static var blobs: [BlobColumn] { get }
    /// What its tables hold of persons.
    static var personalTables: [PersonalTable] { get }
    /// Ends what people have going on whose accounts were erased, with the events of it: all that is personal is gone by then.
    func release(_ people: [Identifier<User>], in tx: TenantTransaction) async throws(Failure)
    /// The limit classes of its own.
    static var limits: [LimitClass] { get }
    /// The tenant tables whose rows make up a tenant's usage.
    static var countedTables: [StaticString] { get }
}

extension Capability {
    package var operations: [APIOperation] { [] }
    package var work: [WorkHandler] { [] }
    package var upkeep: [Upkeep] { [] }
    package var meters: [Meter] { [] }
    package var personalData: [PersonalDataSource] { [] }
    package var pages: [WebPage] { [] }
    package func visible(_ users: [Identifier<User>], to caller: SignedIn) async throws(Failure) -> Set<Identifier<User>> { [] }
    package static var part: APIPart { .core }
    package static var events: [any Event.Type] { [] }
    package static var proposals: [any Proposal.Type] { [] }
    package static var constraints: [String: Failure] { [:] }
    package static var blobs: [BlobColumn] { [] }
    package static var personalTables: [PersonalTable] { [] }
    package func release(_ people: [Identifier<User>], in tx: TenantTransaction) async throws(Failure) {}
    package static var limits: [LimitClass] { [] }
    package static var countedTables: [StaticString] { [] }
}

/// The files that the API document is published in.
package enum APIPart: String, Sendable, CaseIterable {
    case core = "core-api"
    case hiring = "ats-api"
    case communication = "comms-api"
    case money = "monetization-llm-api"
}
