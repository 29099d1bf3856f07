/// One room of the house: what it lets others do and what happens in it, as values. Everything generic (routes, documentation, rules, worker, catalogue)
/// reads these and knows nothing else about it.
package protocol Capability: Sendable {
    var operations: [Operation] { get }
    var work: [WorkHandler] { get }
    static var events: [any Event.Type] { get }
    static var proposals: [any Proposal.Type] { get }
    /// Constraint name to the failure that its violation means.
    static var constraints: [String: Failure] { get }
    /// What its tables hold of persons.
    static var personalTables: [PersonalTable] { get }
    /// Ends what people have going on whose accounts were erased, with the events of it: all that is personal is gone by then.
    func release(_ people: [Identifier<User>], in tx: TenantTransaction) async throws(Failure)
}

extension Capability {
    package var operations: [Operation] { [] }
    package var work: [WorkHandler] { [] }
    package static var events: [any Event.Type] { [] }
    package static var proposals: [any Proposal.Type] { [] }
    package static var constraints: [String: Failure] { [:] }
    package static var personalTables: [PersonalTable] { [] }
    package func release(_ people: [Identifier<User>], in tx: TenantTransaction) async throws(Failure) {}
}
