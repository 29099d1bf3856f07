/// What is wrong with an input, field by field: the first few are listed and the rest counted, so that an answer never grows with the
/// input.
package struct FieldProblems: Error {
    package static let most = 20
    /// Of a field's name, in code points.
    private static let longestName = 200

    package private(set) var fields: [String: String] = [:]
    package var more = 0
    /// Whether there may be more that were not looked for.
    package var isCut = false

    package init() {}

    package init(_ name: String, _ problem: String) { fields = [name: problem] }

    package var isEmpty: Bool { fields.isEmpty && more == 0 }
    package var isFull: Bool { fields.count >= Self.most }

    /// Only a field's first problem is reported.
    package mutating func note(_ name: String, _ problem: @autoclosure () -> String) {
        let name = Self.shortened(name)
        guard fields[name] == nil else { return }
        if isFull { more += 1 } else { fields[name] = problem() }
    }

    package mutating func noteUnknown(_ name: String, meant: @autoclosure () -> String?) {
        note(name, "Unknown field." + (meant().map { " Did you mean \"\($0)\"?" } ?? ""))
    }

    static func name(_ path: [String]) -> String { path.isEmpty ? "body" : path.map(shortened).joined(separator: ".") }

    private static func shortened(_ name: String) -> String {
        guard name.utf8.count > longestName else { return name }
        let scalars = name.unicodeScalars.prefix(longestName + 1)
        return scalars.count > longestName ? String(scalars.dropLast()) + "…" : name
    }
}
