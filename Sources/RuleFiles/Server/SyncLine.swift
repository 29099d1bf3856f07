/// The result for one script, in one line.
package struct SyncLine: Sendable {
    package let name: String
    package let words: String
    package let isTrouble: Bool
    /// Details, each on a line below.
    package let details: [String]

    init(_ name: String, _ words: String, isTrouble: Bool = false, details: [String] = []) {
        self.name = name
        self.words = words
        self.isTrouble = isTrouble
        self.details = details
    }

    package func text(width: Int) -> String {
        let padding = String(repeating: " ", count: max(0, width - name.count))
        return (["\(name)\(padding)  \(words)"] + details.map { "  \($0)" }).joined(separator: "\n")
    }
}
