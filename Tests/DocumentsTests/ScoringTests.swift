import Applications
import Foundation
import ResumeParsing
import Testing

@Suite struct ScoringTests {
    private let job = JobRequirements(
        title: "Senior Backend Engineer",
        requiredSkills: ["golang", "Postgres", "Kubernetes", "SQL"],
        preferredSkills: ["Kafka"],
        minimumYears: 5,
        education: .bachelor,
        location: "San Francisco, CA"
    )
    private let profile = ScoredProfile(
        headline: "Backend Engineer",
        titles: ["Senior Backend Engineer", "Software Engineer"],
        skills: ["Go", "PostgreSQL", "k8s"],
        years: 9,
        education: .bachelor,
        location: "San Francisco, CA"
    )

    private func component(_ kind: ScoreComponent.Kind, _ profile: ScoredProfile, _ job: JobRequirements) -> ScoreComponent? {
        Scoring.score(profile, for: job).components.first { $0.kind == kind }
    }

    @Test func `a candidate who meets all requirements gets all points except for what is missing`() throws {
        let score = Scoring.score(profile, for: job)
        #expect(score.total == 90)
        let required = try #require(score.components.first { $0.kind == .requiredSkills })
        #expect(required.score == 100)
        #expect(required.matched == ["golang", "Postgres", "Kubernetes", "SQL"])
        #expect(required.explanation.contains("SQL by way of PostgreSQL"))
        let preferred = try #require(score.components.first { $0.kind == .preferredSkills })
        #expect(preferred.missing == ["Kafka"])
        #expect(abs(score.components.reduce(0) { $0 + ($1.weight ?? 0) } - 1) < 1e-9)
    }

    @Test func `weights belong to the job`() {
        var skillsOnly = job
        skillsOnly.weights = ScoreWeights(requiredSkills: 1, preferredSkills: 0, title: 0, years: 0, education: 0, location: 0)
        #expect(Scoring.score(profile, for: skillsOnly).total == 100)
        #expect(Scoring.score(ScoredProfile(), for: skillsOnly).total == 0)
    }

    @Test func `what a job does not ask for does not count`() {
        let bare = JobRequirements(title: "Backend Engineer")
        #expect(Scoring.score(profile, for: bare).components.map(\.kind) == [.title])
        #expect(Scoring.score(profile, for: bare).total == 100)
    }

    @Test(arguments: [
        ("Senior Backend Engineer", 100.0), ("Backend Developer", 95.0), ("Software Engineer", 52.5), ("Line Cook", 0.0),
    ])
    func `titles are compared by the job and by its seniority`(title: String, score: Double) {
        #expect(component(.title, ScoredProfile(titles: [title]), job)?.score == score)
    }

    @Test(arguments: [(nil, 0.0), (2.5, 50.0), (5.0, 100.0), (30.0, 100.0)] as [(Double?, Double)])
    func `years count up to what is asked for`(years: Double?, score: Double) {
        #expect(component(.years, ScoredProfile(years: years), job)?.score == score)
    }

    @Test(
        arguments: [(nil, 0.0), (.associate, 50.0), (.highSchool, 0.0), (.bachelor, 100.0), (.doctorate, 100.0)]
            as [(EducationLevel?, Double)]
    )
    func `one level below counts half`(level: EducationLevel?, score: Double) {
        #expect(component(.education, ScoredProfile(education: level), job)?.score == score)
    }

    @Test(
        arguments: [
            ("San Francisco, CA", 100.0), ("San Francisco", 100.0), ("Austin, TX", 50.0), ("Lisbon, Portugal", 0.0), (nil, 50.0),
        ] as [(String?, Double)]
    )
    func `places are compared by city and country`(home: String?, score: Double) {
        #expect(component(.location, ScoredProfile(location: home), job)?.score == score)
    }

    @Test func `remote work asks for no place`() {
        var remote = job
        remote.isRemote = true
        #expect(component(.location, ScoredProfile(location: "Lisbon, Portugal"), remote)?.score == 100)
    }

    @Test func `the same input gives the same score, byte for byte`() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let first = try encoder.encode(Scoring.score(profile, for: job))
        for _ in 0..<20 { #expect(try encoder.encode(Scoring.score(profile, for: job)) == first) }
        #expect(try JSONDecoder().decode(Score.self, from: first) == Scoring.score(profile, for: job))
    }

    @Test func `a parsed resume ranks for its own trade`() async throws {
        let nurse = JobRequirements(
            title: "Registered Nurse",
            requiredSkills: ["Triage", "IV Therapy", "CPR"],
            minimumYears: 3,
            education: .bachelor
        )
        var totals: [String: Int] = [:]
        for fixture in ResumeFixture.all {
            totals[fixture.name] = Scoring.score(ScoredProfile(try await fixture.parsed()), for: nurse).total
        }
        let best = try #require(totals.max { $0.value < $1.value })
        #expect(best.key == "registered-nurse.docx")
        #expect(best.value >= 75)
        #expect(totals.filter { $0.key != best.key }.allSatisfy { $0.value <= best.value - 15 })
        #expect(try #require(totals["backend-engineer.pdf"]) < 40)
    }
}
