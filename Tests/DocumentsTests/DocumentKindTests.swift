import Documents
import Foundation
import Testing

@testable import DocumentText

@Suite struct DocumentKindTests {
    @Test(arguments: [
        ("backend-engineer.pdf", DocumentKind.pdf), ("registered-nurse.docx", .docx), ("welder.doc", .doc), ("encrypted.pdf", .pdf),
        ("bomb.docx", .docx), ("picture.pdf", nil), ("expected.json", nil),
    ])
    func `the first bytes claim a kind`(file: String, kind: DocumentKind?) throws {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: ResumeFixture.path(of: file)))
        #expect(DocumentKind(firstBytes: bytes.prefix(DocumentKind.signatureLength)) == kind)
    }

    @Test(arguments: [DocumentKind.pdf, .docx, .doc])
    func `a document of another kind than it was taken for is refused, not a crash`(kind: DocumentKind) throws {
        for file in ["welder.doc", "backend-engineer.pdf", "registered-nurse.docx"] where !file.hasSuffix(".\(kind)") {
            #expect(throws: DocumentError.self) { try Self.document(file).text(as: kind) }
        }
    }

    @Test func `cut and altered files are refused without a crash`() throws {
        for (file, kind) in [("welder.doc", DocumentKind.doc), ("registered-nurse.docx", .docx)] {
            let whole = try Data(contentsOf: URL(fileURLWithPath: ResumeFixture.path(of: file)))
            for length in [0, 1, 4, 8, 30, 76, 511, 512, 513, 600, 1024, whole.count - 1] {
                _ = try? Self.document(whole.prefix(length)).text(as: kind)
            }
            // A linear congruential generator, so that a failure can be repeated.
            var seed: UInt64 = 7
            for _ in 0..<300 {
                var altered = whole
                for _ in 0..<20 {
                    seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                    altered[Int(seed >> 33) % altered.count] = UInt8(truncatingIfNeeded: seed >> 20)
                }
                _ = try? Self.document(altered).text(as: kind)
            }
        }
    }

    private static func document(_ file: String) throws -> OpenDocument {
        document(try Data(contentsOf: URL(fileURLWithPath: ResumeFixture.path(of: file))))
    }

    /// What the fence passes on when its tools failed.
    private static func document(_ file: Data) -> OpenDocument {
        let failed = ToolResult(output: Data(), complaint: Data(), exitCode: 1)
        return OpenDocument(file: file, tools: [failed, failed], limits: .standard)
    }
}
