import Documents
import Foundation
import Testing

@Suite struct TextExtractionTests {
    @Test(arguments: [
        ("encrypted.pdf", DocumentError.encrypted), ("broken.pdf", .broken), ("scan.pdf", .noText), ("bomb.docx", .expandsTooFar),
        ("lying-bomb.docx", .expandsTooFar),
    ])
    func `a document without readable text says why`(file: String, reason: DocumentError) async throws {
        await #expect(throws: reason) { try await ResumeFixture.text(of: file) }
    }

    @Test(arguments: ["product-designer.pdf", "marketing-sidebar.pdf", "sales-manager.pdf"])
    func `two columns come out one after the other`(file: String) async throws {
        let fixture = try #require(ResumeFixture.all.first { $0.name == file })
        let text = try await ResumeFixture.text(of: file).text
        // Wherever the sidebar is, no line of the employments may come between its first and its last skill.
        let first = try #require(text.range(of: fixture.truth.skills[0]))
        let last = try #require(text.range(of: fixture.truth.languages[2]))
        let sidebar = text[first.lowerBound..<last.upperBound]
        for work in fixture.truth.experience { #expect(!sidebar.contains(work.employer)) }
        #expect(!sidebar.contains("\t"))
    }

    @Test func `dates in a margin stay on the line that they date`() async throws {
        let lines = try await ResumeFixture.text(of: "german-mechanical.pdf").text.split(separator: "\n")
        #expect(lines.contains { $0.contains("03/2018") && $0.contains("Entwicklungsingenieur") })
        #expect(lines.contains { $0.contains("Software:") && $0.contains("SolidWorks") })
    }

    @Test func `the largest line and the addresses behind words are kept`() async throws {
        let pdf = try await ResumeFixture.text(of: "marketing-sidebar.pdf")
        #expect(pdf.prominentLine == "Hannah Lindqvist")
        #expect(pdf.links == ["https://www.linkedin.com/in/hannahlindqvist"])
        let docx = try await ResumeFixture.text(of: "registered-nurse.docx")
        #expect(docx.prominentLine == "Angela M. Whitfield")
        #expect(docx.text.contains("https://www.linkedin.com/in/angela-whitfield-rn"))
    }

    @Test func `letters beyond ASCII survive in every format`() async throws {
        #expect(try await ResumeFixture.text(of: "polish-developer.pdf").text.contains("Łukasz Wójcik-Żeleński"))
        #expect(try await ResumeFixture.text(of: "sales-manager.pdf").text.contains("Nguyễn Thị Minh Khai"))
        #expect(try await ResumeFixture.text(of: "welder.doc").text.contains("Kowalczyk"))
    }

    @Test func `no more is taken than the limits allow`() async throws {
        var limits = ExtractionLimits()
        limits.pages = 1
        let onePage = try await ResumeFixture.text(of: "engineering-director.pdf", limits: limits)
        #expect(onePage.isTruncated)
        #expect(!onePage.text.contains("University of Vermont"))
        limits.characters = 100
        #expect(try await ResumeFixture.text(of: "engineering-director.pdf", limits: limits).text.count == 100)
    }

    @Test func `a child that needs more memory or output than it may have is stopped`() async throws {
        var small = ExtractionLimits()
        small.outputBytes = 2000
        await #expect(throws: DocumentError.expandsTooFar) { try await ResumeFixture.text(of: "backend-engineer.pdf", limits: small) }
        var cramped = ExtractionLimits()
        cramped.memoryBytes = 4 << 20
        await #expect(throws: DocumentError.self) { try await ResumeFixture.text(of: "backend-engineer.pdf", limits: cramped) }
    }

    @Test func `pages crowded with words to cost time are cut short`() async throws {
        let clock = ContinuousClock()
        let time = try await clock.measure { _ = try await ResumeFixture.text(of: "crowded.pdf") }
        #expect(time < .seconds(15))
    }

    @Test func `a file name cannot pass for an option or a path of the archive`() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (fixture, name) in [("registered-nurse.docx", "-rf @host:x *"), ("backend-engineer.pdf", "--help"), ("welder.doc", "-V ;ls")] {
            let copy = folder.appendingPathComponent(name).path
            try FileManager.default.copyItem(atPath: ResumeFixture.path(of: fixture), toPath: copy)
            let (_, text) = try await ResumeFixture.reader().text(of: copy, for: .somebody)
            #expect(text.text.contains("Education"))
        }
    }

    @Test(arguments: [
        ("picture.pdf", DocumentError.unrecognized), ("spreadsheet.docx", .unrecognized), ("expected.json", .unrecognized),
        ("truncated.docx", .broken), ("encrypted.docx", .encrypted), ("encrypted.doc", .encrypted), ("absent.pdf", .unreadable),
    ])
    func `an unreadable document is refused with the reason`(file: String, reason: DocumentError) async {
        await #expect(throws: reason) { try await ResumeFixture.text(of: file) }
    }

    @Test func `a file's name means nothing`() async throws {
        let copy = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).docx")
        try FileManager.default.copyItem(atPath: ResumeFixture.path(of: "backend-engineer.pdf"), toPath: copy.path)
        defer { try? FileManager.default.removeItem(at: copy) }
        #expect(try await ResumeFixture.reader().text(of: copy.path, for: .somebody).0 == .pdf)
    }

    @Test func `missing programs are the operator's problem, not the document's`() async throws {
        let reader = DocumentReader(programs: "/nonexistent")
        let error = await #expect(throws: DocumentError.self) {
            try await reader.text(of: ResumeFixture.path(of: "backend-engineer.pdf"), for: .somebody)
        }
        #expect(error?.isTemporary == true)
    }
}
