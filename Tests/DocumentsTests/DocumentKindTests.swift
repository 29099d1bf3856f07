import DocumentText
import Documents
import Foundation
import Testing

@Suite struct DocumentKindTests {
    @Test(arguments: [
        ("backend-engineer.pdf", DocumentKind.pdf), ("registered-nurse.docx", .docx), ("welder.doc", .doc), ("encrypted.pdf", .pdf),
        ("bomb.docx", .docx),
    ])
    func `the content decides`(file: String, kind: DocumentKind) throws {
        #expect(try DocumentKind.detected(in: ResumeFixture.path(of: file)) == kind)
    }

    @Test(arguments: [
        ("picture.pdf", DocumentError.unrecognized), ("spreadsheet.docx", .unrecognized), ("expected.json", .unrecognized),
        ("truncated.docx", .broken), ("encrypted.docx", .encrypted), ("encrypted.doc", .encrypted), ("absent.pdf", .unreadable),
    ])
    func `what is no readable document is refused by its own reason`(file: String, reason: DocumentError) {
        #expect(throws: reason) { try DocumentKind.detected(in: ResumeFixture.path(of: file)) }
    }

    @Test func `a name says nothing`() throws {
        let copy = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).docx")
        try FileManager.default.copyItem(atPath: ResumeFixture.path(of: "backend-engineer.pdf"), toPath: copy.path)
        defer { try? FileManager.default.removeItem(at: copy) }
        #expect(try DocumentKind.detected(in: copy.path) == .pdf)
    }

    @Test func `cut and altered files are refused without a crash`() throws {
        for file in ["welder.doc", "registered-nurse.docx", "backend-engineer.pdf"] {
            let whole = try Data(contentsOf: URL(fileURLWithPath: ResumeFixture.path(of: file)))
            for length in [0, 1, 4, 8, 30, 76, 511, 512, 513, 600, 1024, whole.count - 1] {
                _ = try? DocumentKind.detected(in: whole.prefix(length))
            }
            // A linear congruential generator, so that a failure can be repeated.
            var seed: UInt64 = 7
            for _ in 0..<300 {
                var altered = whole
                for _ in 0..<20 {
                    seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                    altered[Int(seed >> 33) % altered.count] = UInt8(truncatingIfNeeded: seed >> 20)
                }
                _ = try? DocumentKind.detected(in: altered)
            }
        }
    }
}
