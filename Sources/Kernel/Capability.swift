/// One area of the product: the operations it offers and what happens in it, declared as values. Everything generic (routes, documentation,
/// limits, rules, worker, catalog, export) reads these and knows nothing else about it.
package protocol Capability: Sendable {
    var operations: [APIOperation] { get }
    var work: [WorkHandler] { get }
    var upkeep: [Upkeep] { get }
    /// What is counted against a person's plan.
    var meters: [Meter] { get }
    /// What is held about a person, for the export.
    var personalData: [PersonalDataSource] { get }
    /// The web pages it serves, with their files.
    var pages: [WebPage] { get }
    /// Which of these users the caller may know about, as far as this capability can tell.
    func visible(_ users: [Identifier<User>], to caller: SignedIn) async throws(Failure) -> Set<Identifier<User>>

    /// The part of the API document that lists its operations.
    static var part: APIPart { get }
    static var events: [any Event.Type] { get }
    static var proposals: [any Proposal.Type] { get }
    /// What the names in its operations and events mean, for the API document.
    static var glossary: Glossary { get }
    /// What a violation of each constraint means, by the constraint's name.
    static var constraints: [String: Failure] { get }
    /// Columns of its tables that name stored files.
    static var blobs: [BlobColumn] { get }
    /// What its tables hold about people.
    static var personalTables: [PersonalTable] { get }
    /// What its tables keep under candidates' accounts.
    static var belongings: [Belonging] { get }
    /// Ends whatever people whose accounts were erased still had going on, and appends its events. Their personal data is already gone.
    func release(_ people: [Identifier<User>], in tx: TenantTransaction) async throws(Failure)
    /// Its own limit classes.
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
    package static var glossary: Glossary { Glossary() }
    package static var constraints: [String: Failure] { [:] }
    package static var blobs: [BlobColumn] { [] }
    package static var personalTables: [PersonalTable] { [] }
    package static var belongings: [Belonging] { [] }
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
