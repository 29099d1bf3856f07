import Kernel
import Testing

@testable import tenure

/// How operations handle an `Idempotency-Key`.
@Suite struct RetryTests {
    @Test func `whatever takes a file claims its key first, for a file is read and stored with no transaction open`() async throws {
        let operations = try await TestServer.running.composition.operations.filter { $0.method == .post || $0.method == .patch }
        let uploads = operations.filter(\.takesFile)
        #expect(!uploads.isEmpty)
        for upload in uploads { #expect(upload.retry == .claimedFirst, "\(upload.method.rawValue) \(upload.path)") }
    }
}
