/// The level of a degree, in rising order.
package enum EducationLevel: String, Codable, CaseIterable, Comparable, Sendable {
    case highSchool
    case certificate
    case associate
    case bachelor
    case master
    case doctorate

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
}
