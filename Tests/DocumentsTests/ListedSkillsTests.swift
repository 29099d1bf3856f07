import Documents
import ResumeParsing
import Testing

@Suite struct ListedSkillsTests {
    private static let names = [
        ".NET", "SQL Server", "ASP.NET Core", "C++", "C#", "Node.js", "CI/CD", "PL/SQL", "TCP/IP", "F#", "R&D", "Objective-C",
        "A/B Testing", "C", "R", "Go", "Java", "JavaScript", "React", "React Native", "SQL", "T-SQL", "VB.NET", "ADO.NET",
        "S/4HANA", "AS/400", "UI/UX", "Vue.js", "Next.js", "D3.js", "Notepad++", "Q#", "Wi-Fi", "P&L", "scikit-learn",
        "Ruby on Rails", "GitHub Actions", "Spring Boot", "PL/I", "OS/2", "Power BI", "SAP S/4HANA", "ISO 9001", "C++17",
        "Objective-C++", ".NET 8", "ASP.NET MVC", "Three.js", "E2E Testing", "Adobe Illustrator", "SAP MM", "MariaDB",
    ]

    @Test(arguments: [", ", "; ", " | ", " • ", " · ", "\t", " / ", "\n", "\n• ", " – ", " ● "])
    func `names with marks and names within names are kept whole between all separators`(separator: String) {
        // Each beside each of its neighbors, in both orders.
        for names in [Self.names, Self.names.reversed()] {
            for start in stride(from: 0, to: names.count - 5, by: 3) {
                let listed = Array(names[start..<start + 6])
                let text = (separator == "\n• " ? "• " : "") + listed.joined(separator: separator)
                #expect(skills(text) == listed, "\(text)")
            }
        }
    }

    @Test(
        arguments: [
            ("C#/.NET", ["C#", ".NET"]), ("C/C++", ["C", "C++"]), ("Java/Kotlin/Scala", ["Java", "Kotlin", "Scala"]),
            ("Databases: PL/SQL, T-SQL", ["PL/SQL", "T-SQL"]), ("Python (Django, Flask), Go", ["Python", "Django", "Flask", "Go"]),
            ("Python (expert), Java – 5 years", ["Python", "Java"]), (".NET.", [".NET"]), (".NET/C#", [".NET", "C#"]),
            ("Excel and Lightspeed", ["Microsoft Excel", "Lightspeed"]), ("Python, .NET, and C#", ["Python", ".NET", "C#"]),
            ("client/server", ["client/server"]), ("Languages: C#, F#, VB.NET", ["C#", "F#", "VB.NET"]),
            ("golang, postgres, k8s, nodejs", ["Go", "PostgreSQL", "Kubernetes", "Node.js"]),
        ]
    )
    func `lists are taken apart where people mean it`(text: String, listed: [String]) {
        #expect(skills(text) == listed)
    }

    private func skills(_ text: String) -> [String] {
        let text =
            "Iris Klein\niris.klein@people.example\n\nSKILLS\n\(text)\n\nEXPERIENCE\nDeveloper, Contoso Ltd\nJune 2017 - March 2021\n"
        return ResumeParser(today: PartialDate(year: 2026, month: 6)).parse(ExtractedText(text: text)).skills.map(\.name)
    }
}
