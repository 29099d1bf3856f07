import Foundation

/// Files to upload.
enum Fixture {
    /// One transparent pixel.
    static let png =
        Data(base64Encoded: "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==") ?? Data()
    static var pdf: Data { get throws { try document("backend-engineer.pdf") } }

    static func document(_ name: String) throws -> Data {
        try Data(contentsOf: Checkout.folder.appendingPathComponent("Tests/DocumentsTests/Fixtures/\(name)"))
    }
}
