import DocumentText
import Documents
import Foundation
import ResumeParsing
import Testing

/// A resume on disk and what a person reads in it.
struct ResumeFixture: Sendable, CustomTestStringConvertible {
    let name: String
    let truth: Truth

    struct Truth: Decodable, Sendable {
        struct Work: Decodable, Sendable {
            let employer: String
            let title: String
            let startDate: PartialDate?
            let endDate: PartialDate?
            let bullets: Int
        }

        struct Study: Decodable, Sendable {
            let institution: String
            let degree: String
            let field: String?
            let startDate: PartialDate?
            let endDate: PartialDate?
        }

        let name: String
        let headline: String?
        let emails: [String]
        let phones: [String]
        let links: [String]
        let location: String?
        let hasSummary: Bool
        let skills: [String]
        let experience: [Work]
        let education: [Study]
        let languages: [String]
        let certifications: [String]
    }

    var testDescription: String { name }

    static let all: [ResumeFixture] = {
        guard
            let data = try? Data(contentsOf: URL(fileURLWithPath: path(of: "expected.json"))),
            let truths = try? JSONDecoder().decode([String: Truth].self, from: data)
        else { return [] }
        return truths.map { ResumeFixture(name: $0, truth: $1) }.sorted { $0.name < $1.name }
    }()

    static func path(of file: String) -> String {
        Bundle.module.resourceURL!.appendingPathComponent("Fixtures").appendingPathComponent(file).path
    }

    static func text(of file: String, limits: ExtractionLimits = .standard) async throws -> ExtractedText {
        let path = path(of: file)
        return try await TextExtraction(limits: limits).text(of: path, kind: DocumentKind.detected(in: path))
    }

    func parsed() async throws -> ParsedResume {
        let parser = ResumeParser(today: PartialDate(year: 2026, month: 6))
        return parser.parse(try await Self.text(of: name))
    }
}
