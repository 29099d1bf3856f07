extension String {
    /// Whether no letter carries more than 30 combining marks (UAX #15, Stream-Safe Text Format). Comparing and hashing a text sorts each
    /// letter's marks, in time that grows with the square of their number: a megabyte of them takes minutes.
    package var isStreamSafe: Bool {
        // Below U+0300, whose first byte is 0xCC, nothing combines.
        guard utf8.contains(where: { $0 >= 0xCC }) else { return true }
        var marks = 0
        for scalar in unicodeScalars {
            marks = scalar.value >= 0x300 && scalar.properties.canonicalCombiningClass != .notReordered ? marks + 1 : 0
            if marks > 30 { return false }
        }
        return true
    }
}

extension JSON {
    /// Whether all texts in it are; the length of names was limited when it was parsed.
    var isStreamSafe: Bool {
        switch self {
        case .string(let text): text.isStreamSafe
        case .array(let elements): elements.allSatisfy(\.isStreamSafe)
        case .object(let members): members.values.allSatisfy(\.isStreamSafe)
        default: true
        }
    }
}

extension FieldProblem {
    static let pileOfMarks = FieldProblem("Must not have more than 30 marks on one letter.")
}
