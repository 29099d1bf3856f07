import DocumentText
import Documents
import Foundation
import ResumeParsing
import Testing

@Suite struct ResumeParsingTests {
    @Test func `reads what a person reads in resumes of different layouts, formats and languages`() async throws {
        var recall = FieldRecall()
        for fixture in ResumeFixture.all {
            recall.compare(try await fixture.parsed(), with: fixture)
        }
        let misses = recall.misses.joined(separator: "\n")
        #expect(recall.total >= 0.95, "\(misses)")
        #expect(ResumeFixture.all.count >= 27)
        for field in ["name", "emails", "phones"] { #expect(recall.share(of: field) == 1, "\(misses)") }
        for field in ["experience.employer", "experience.title", "experience.dates", "education.institution"] {
            #expect(recall.share(of: field) >= 0.9, "\(field): \(misses)")
        }
    }

    @Test func `the same text gives the same profile, and the profile survives JSON`() async throws {
        let fixture = try #require(ResumeFixture.all.first { $0.name == "career-changer.docx" })
        let first = try await fixture.parsed()
        #expect(try await fixture.parsed() == first)
        #expect(try JSONDecoder().decode(ParsedResume.self, from: JSONEncoder().encode(first)) == first)
    }

    @Test func `overlapping employments count once`() {
        let text = """
            Experience
            Baker, Crumb Ltd
            Jan 2015 – Dec 2016
            Cashier, Corner Store
            Jul 2016 – Jun 2017
            """
        #expect(parse(text).totalYearsOfExperience?.value == 2.5)
    }

    @Test func `an employment that goes on lasts until the given day`() {
        #expect(parse("Experience\nBaker, Crumb Ltd\nJan 2024 – Present").totalYearsOfExperience?.value == 2.5)
    }

    @Test func `several roles with one employer share its name`() {
        let resume = parse(
            """
            Experience
            Meridian Cardiac Systems, Boston, MA
            Engineering Manager    Jan 2019 – Present
            • Leads a team of nine.
            Software Engineer    Mar 2015 – Dec 2018
            • Wrote telemetry services.
            """
        )
        #expect(resume.experience.map(\.employer) == ["Meridian Cardiac Systems", "Meridian Cardiac Systems"])
        #expect(resume.experience.map(\.title) == ["Engineering Manager", "Software Engineer"])
    }

    @Test func `phone numbers without a country code are read by the writer's country`() {
        #expect(PhoneNumbers.find(in: "Tel. 0711 123456", region: "DE") == ["+49711123456"])
        #expect(PhoneNumbers.find(in: "Tel. 0711 123456", region: nil) == [])
        #expect(PhoneNumbers.find(in: "call +1 415 555 2671 or (415) 555-2671", region: "US") == ["+14155552671"])
    }

    @Test func `nonsense yields nothing and takes no time`() {
        let nonsense = [
            "", "\n\n\t\n", String(repeating: "9", count: 100_000), String(repeating: "a@", count: 20_000),
            String(repeating: "2019 – ", count: 5_000),
            String(repeating: "• \n", count: 20_000), String(repeating: "Experience\n", count: 5_000),
            String(repeating: "(((((", count: 10_000),
            String(repeating: "Engineer, Acme | 2019 - 2020\n", count: 2_000),
        ]
        let clock = ContinuousClock()
        let time = clock.measure {
            for text in nonsense { #expect(parse(text).name == nil) }
        }
        #expect(time < .seconds(20))
    }

    private func parse(_ text: String) -> ParsedResume {
        ResumeParser(today: PartialDate(year: 2026, month: 6)).parse(ExtractedText(text: text))
    }
}
