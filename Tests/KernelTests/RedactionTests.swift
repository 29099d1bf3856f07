import Foundation
import Testing

@testable import Kernel

@Suite struct RedactionTests {
    private static let person = UUID()

    private static func redacted(_ text: String) -> JSON? {
        let subject = ErasureSubject(tenant: .placeholder, people: [person])
        return Redaction(subject).redacted(["candidateId": .string(person.uuidString), "said": .string(text)])["said"]
    }

    @Test(arguments: [
        "2026-01-05T09:00:00Z", "2026-01-05T09:00:00.123456+01:00", "2026-01-05t09:00:00z", "0198c5a2-7c1e-7d3a-9f00-4b8e5d2f6a31",
        "0198C5A2-7C1E-7D3A-9F00-4B8E5D2F6A31",
    ])
    func `ids and times stay`(_ text: String) {
        #expect(Self.redacted(text) == .string(text))
    }

    @Test(arguments: [
        "2026-01-05T09:00:00Z Zenobia called.", "2026-01-05T09:00 is when she can come", "2026-01-05T09:00:00Z\nand more",
        "2026-01-05T09:00:00Zenobia", " 2026-01-05T09:00:00Z", "2026-01-05", "0198c5a2-7c1e-7d3a-9f00-4b8e5d2f6a31 is Zenobia",
        "0198c5a2-7c1e-7d3a-9f00-4b8e5d2f6a31Zenobia", "{0198c5a2-7c1e-7d3a-9f00-4b8e5d2f6a31}", "0198c5a27c1e7d3a9f004b8e5d2f6a31",
    ])
    func `a text that only begins or ends like one goes`(_ text: String) {
        #expect(Self.redacted(text) == .string(Erased.mark))
    }
}
