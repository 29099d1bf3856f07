/// The named prepared statements of one connection by their text; the least recently used makes room for a new one.
struct StatementCache {
    final class Statement {
        let name: String
        var columns: Columns?
        fileprivate var lastUse: UInt64

        fileprivate init(name: String, lastUse: UInt64) {
            self.name = name
            self.lastUse = lastUse
        }
    }

    /// Each costs the backend some 10-100 kB, and only those in use are prepared: a product of 200 operations has some 700, filters of
    /// lists included.
    static let capacity = 1024

    private var statements: [String: Statement] = [:]
    private var uses: UInt64 = 0
    private var named: UInt64 = 0
    /// Names that the server still holds and nothing here refers to. They are deallocated with the next batch.
    private var condemned: [String] = []

    /// The statement of a text, and whether it must be prepared first.
    mutating func statement(for text: String) -> (statement: Statement, isNew: Bool) {
        uses += 1
        if let known = statements[text] {
            known.lastUse = uses
            return (known, false)
        }
        if statements.count >= Self.capacity { evict() }
        named += 1
        let statement = Statement(name: "s\(named)", lastUse: uses)
        statements[text] = statement
        return (statement, true)
    }

    /// For a statement that was never prepared after all.
    mutating func forget(_ text: String) {
        statements[text] = nil
    }

    /// Makes everything be prepared again, with one DEALLOCATE ALL, which, unlike a name, can't be missing.
    mutating func condemnAll() {
        condemned = ["ALL"]
        statements.removeAll()
    }

    mutating func takeCondemned() -> [String] {
        defer { condemned = [] }
        return condemned
    }

    mutating func condemn(_ name: String) {
        condemned.append(name)
    }

    private mutating func evict() {
        guard let oldest = statements.min(by: { $0.value.lastUse < $1.value.lastUse }) else { return }
        condemned.append(oldest.value.name)
        statements[oldest.key] = nil
    }
}
