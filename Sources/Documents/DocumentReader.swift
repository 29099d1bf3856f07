package import Foundation
import Metrics

/// Reads strangers' documents, always in a sandboxed child and never in this process, which looks only at the first bytes. The child has
/// limits on processor, time, memory and output, no network, no files but the document, and can't start processes.
package struct DocumentReader: Sendable {
    private let fence: FencedProgram
    private let gate: ReadingGate

    /// `programs` is the folder that contains `fence` and `document-reader`.
    package init(programs: String, limits: ExtractionLimits = .standard, gate: ReadingGate = ReadingGate()) {
        fence = FencedProgram(programs: programs, limits: limits)
        self.gate = gate
    }

    /// The text of a document, and its kind. The path's extension is ignored.
    package func text(of path: String, for owner: DocumentOwner) async throws(DocumentError) -> (DocumentKind, ExtractedText) {
        let kind = try Self.kind(of: path)
        let limits = fence.limits
        let reader = [program, "text", kind.rawValue, "\(limits.pages)", "\(limits.characters)", "\(limits.outputBytes)"]
        // An absolute path cannot be mistaken for an option.
        let file = URL(fileURLWithPath: path).path
        return (kind, try await answer(kind.tools(pages: limits.pages) + [reader], "text", file: file, for: owner))
    }

    /// The reader's answer to a request: `task` names what to do.
    package func answer<Request: Encodable & Sendable, Answer: Codable & Sendable>(
        _ task: String,
        _ request: Request,
        for owner: DocumentOwner
    ) async throws(DocumentError) -> Answer {
        guard let input = try? JSONEncoder().encode(request) else { throw .broken }
        return try await answer([[program, task]], task, input: input, for: owner)
    }

    /// No camera takes pictures with more pixels.
    private static let mostPixels = 50_000_000
    private static let longestSide = 1024

    /// A picture, turned upright, scaled down and without metadata: as a PNG if it has transparency, else as a JPEG. `type` is what its
    /// first bytes say.
    package func picture(of path: String, type: String, for owner: DocumentOwner) async throws(DocumentError) -> Data {
        let reader = ["\(fence.programs)/picture-reader", type, "\(Self.mostPixels)", "\(Self.longestSide)"]
        return try await inTurn("picture", of: owner) { () async throws(DocumentError) -> Data in
            try await fence.run([reader], file: URL(fileURLWithPath: path).path)
        }
    }

    /// A mail as it came, RFC 5322.
    package func mail(_ content: Data, for owner: DocumentOwner) async throws(DocumentError) -> ReadMail {
        try await inTurn("mail", of: owner) { () async throws(DocumentError) -> ReadMail in
            let data = try await fence.run([["\(fence.programs)/mail-reader"]], file: nil, input: content)
            guard let mail = try? JSONDecoder().decode(ReadMail.self, from: data) else { throw .broken }
            return mail
        }
    }

    private var program: String { "\(fence.programs)/document-reader" }

    private func answer<Answer: Codable & Sendable>(
        _ commands: [[String]],
        _ task: String,
        file: String? = nil,
        input: Data = Data(),
        for owner: DocumentOwner
    ) async throws(DocumentError) -> Answer {
        try await inTurn(task, of: owner) { () async throws(DocumentError) -> Answer in
            let data = try await fence.run(commands, file: file, input: input)
            // What it read may have taken over the reader: its answer is untrusted input too.
            guard let answer = try? JSONDecoder().decode(ReaderAnswer<Answer>.self, from: data) else { throw .broken }
            return try answer.get()
        }
    }

    private func inTurn<Result: Sendable>(
        _ task: String,
        of owner: DocumentOwner,
        _ body: () async throws(DocumentError) -> Result
    ) async throws(DocumentError) -> Result {
        do {
            let result = try await gate.pass(owner, body)
            count(task, "read")
            return result
        } catch {
            count(task, error.label)
            throw error
        }
    }

    private func count(_ task: String, _ outcome: String) {
        Counter(label: "tenure_document_readings_total", dimensions: [("task", task), ("outcome", outcome)]).increment()
    }

    private static func kind(of path: String) throws(DocumentError) -> DocumentKind {
        guard let handle = FileHandle(forReadingAtPath: path) else { throw .unreadable }
        let bytes: Data
        // Nothing is read from an empty file.
        do { bytes = try handle.read(upToCount: DocumentKind.signatureLength) ?? Data() } catch { throw .unreadable }
        guard let kind = DocumentKind(firstBytes: bytes) else { throw .unrecognized }
        return kind
    }
}

extension DocumentKind {
    /// Other programs that process the file before the reader; their outputs are passed on to it in this order.
    fileprivate func tools(pages: Int) -> [[String]] {
        switch self {
        // Poppler gives each word's position on the page. One page beyond the limit tells whether anything was left out.
        case .pdf:
            [
                ["pdftotext", "-q", "-bbox", "-enc", "UTF-8", "-l", "\(pages + 1)", "-", "-"],
                ["pdfinfo", "-url", "-l", "\(pages)", "-"],
            ]
        case .docx: []
        case .doc: [["catdoc", "-w", "-d", "utf-8"]]
        }
    }
}

extension DocumentError {
    /// For metrics.
    fileprivate var label: String {
        switch self {
        case .programFailed: "programFailed"
        default: "\(self)"
        }
    }
}
