import Foundation
import Identity
import Kernel

/// Performs the declared operations in the demo's one transaction, as the person acting and at the time they acted.
struct DemoStage: Sendable {
    private let operations: [String: APIOperation]
    private let readResume: WorkHandler?
    private let transaction: TenantTransaction
    private let identity: Identity

    var tenant: Identifier<Tenant> { transaction.tenant }

    init(_ composition: Composition, _ transaction: TenantTransaction) {
        operations = Dictionary(
            composition.operations.map { ("\($0.method.rawValue) \($0.path)", $0) },
            uniquingKeysWith: { first, _ in first }
        )
        readResume = composition.capabilities.work.first { $0.name == "resumes.parse" }
        self.transaction = transaction
        identity = composition.identity
    }

    /// `route` is `POST /jobs/{id}/apply`, `id` the entity in the path. Returns the answer as JSON.
    @discardableResult
    func perform(
        _ route: String,
        by caller: Caller,
        at moment: Date,
        id: String? = nil,
        _ body: JSON = [:],
        files: [String: UploadedFile] = [:]
    ) async throws -> JSON {
        guard let operation = operations[route] else { throw DemoProblem(description: "There is no operation \(route).") }
        let source = InputSource(body: body, texts: id.map { ["id": $0] } ?? [:], files: files)
        do {
            return try JSON(encoding: await operation.perform(source, by: caller.joining(transaction.at(moment))))
        } catch {
            throw DemoProblem(description: "\(route) with \(body.text): \(error) \((error as? Failure)?.details ?? [:])")
        }
    }

    func addUser(_ user: NewUser, at moment: Date) async throws {
        transaction.queue(Identity.insertUser(user, tenant: tenant, now: moment))
    }

    /// Somebody accepts a company's invitation, which was mailed long ago.
    func join(_ company: Identifier<Company>, _ user: Identifier<User>, at moment: Date) async throws {
        try await identity.join(company, user, in: transaction.at(moment))
    }

    /// Uploads a resume and reads it at once, as the worker would a moment later.
    func upload(_ resume: WordDocument, named name: String, by caller: Caller, at moment: Date) async throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("tenure-demo-\(UUID().uuidString).docx")
        defer { try? FileManager.default.removeItem(at: file) }
        let bytes = resume.bytes
        try bytes.write(to: file)
        let upload = UploadedFile(path: file.path, name: name, mediaType: WordDocument.mediaType, size: bytes.count)
        let answer = try await perform("POST /resumes/upload", by: caller, at: moment, files: ["file": upload])
        let payload = Data(JSON.object(["resume": answer["id"] ?? .null]).canonicalBytes)
        let system = SystemActor(SystemActor(tenant: tenant).caller.joining(transaction.at(moment.addingTimeInterval(2))))
        try await readResume?.perform(payload, system)
    }
}

struct DemoProblem: Error, CustomStringConvertible {
    let description: String
}
