import Documents
import Foundation
import ResumeParsing
import Testing

/// A resume on disk and the facts in it.
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
        try await reader(limits: limits).text(of: path(of: file), for: .somebody).1
    }

    /// The programs are built into the folder of the test bundle.
    static let programs = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().path

    static func reader(limits: ExtractionLimits = .standard) -> DocumentReader {
        DocumentReader(programs: programs, limits: limits)
    }

    func parsed() async throws -> ParsedResume {
        let request = ParseRequest(document: try await Self.text(of: name), today: PartialDate(year: 2026, month: 6))
        return try await Self.reader().answer(ParseRequest.task, request, for: .somebody)
    }
}

extension DocumentOwner {
    static var somebody: DocumentOwner { DocumentOwner(tenant: UUID(), person: UUID()) }
}
