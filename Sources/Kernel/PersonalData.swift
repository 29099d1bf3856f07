/// What a capability holds about a person: its name in the export, and how to collect it.
package struct PersonalDataSource: Sendable {
    package let name: String
    package let collect: @Sendable (SignedIn) async throws(Failure) -> JSON

    package init(_ name: String, collect: @escaping @Sendable (SignedIn) async throws(Failure) -> JSON) {
        self.name = name
        self.collect = collect
    }
}
