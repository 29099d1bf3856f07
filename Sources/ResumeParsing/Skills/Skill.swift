/// A skill under the one name used here.
package struct Skill: Codable, Hashable, Sendable {
    package let name: String
    package let category: SkillCategory

    package init(name: String, category: SkillCategory) {
        self.name = name
        self.category = category
    }
}

package enum SkillCategory: String, Codable, CaseIterable, Sendable {
    case programming
    case web
    case data
    case infrastructure
    case security
    case office
    case design
    case management
    case marketing
    case sales
    case finance
    case people
    case legal
    case healthcare
    case education
    case engineering
    case trades
    case logistics
    case hospitality
    case personal
    case language
}
