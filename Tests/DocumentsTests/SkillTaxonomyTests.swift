import ResumeParsing
import Testing

@Suite struct SkillTaxonomyTests {
    private let taxonomy = SkillTaxonomy.standard

    @Test(arguments: [
        ("Ran k8s clusters on postgres", ["Kubernetes", "PostgreSQL"]), ("C, C++, C# and .NET", ["C", "C++", "C#", ".NET"]),
        ("Languages: Go, R, SQL", ["Go", "R", "SQL"]), ("written in Go and Rust", ["Go", "Rust"]),
        ("ASP.NET Core with node.js", [".NET", "Node.js"]),
        ("React Native, not React", ["React Native", "React"]), ("CI/CD through GitHub Actions.", ["CI/CD", "GitHub Actions"]),
        ("MIG and TIG welding, forklift", ["MIG Welding", "TIG Welding", "Forklift Operation"]), ("Swift/SwiftUI", ["Swift", "SwiftUI"]),
    ])
    func `skills are found under all their names`(text: String, skills: [String]) {
        #expect(taxonomy.find(in: text).map(\.name) == skills)
    }

    @Test(arguments: [
        "Let us go to the next level", "Go the extra mile", "R&D department", "vitamin C deficiency is rare", "a swift response",
        "Javanese dance",
        "the spring of 2019", "an epic failure", "scalable", "a chef in a hotel", "the rest of the team", "Angularity",
    ])
    func `everyday words and parts of words are not skills`(text: String) {
        #expect(taxonomy.find(in: text).map(\.name) == [])
    }

    @Test func `a whole text is named by any wording`() {
        #expect(taxonomy.skill(named: "golang")?.name == "Go")
        #expect(taxonomy.skill(named: " Postgres ")?.name == "PostgreSQL")
        #expect(taxonomy.skill(named: "c++")?.name == "C++")
        #expect(taxonomy.skill(named: "basket weaving") == nil)
    }

    @Test func `a skill includes the broader ones, all the way up`() {
        #expect(Set(taxonomy.included(in: "Next.js")) == ["React", "JavaScript"])
        #expect(taxonomy.included(in: "JavaScript") == [])
    }

    @Test func `the lists hold many skills, each once, and only known broader ones`() {
        let names = taxonomy.skills.map(\.name)
        #expect(names.count >= 350)
        #expect(Set(names).count == names.count)
        for name in names {
            #expect(taxonomy.skill(named: name)?.name == name)
            for broader in taxonomy.included(in: name) { #expect(names.contains(broader), "\(broader)") }
        }
    }
}
