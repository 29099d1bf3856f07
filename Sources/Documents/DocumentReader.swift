package import Foundation
import Metrics

/// Reads strangers' documents, always in a child behind the fence and never in this process: here only the first bytes are looked at.
/// The child has limits on processor, time, memory and output, no network, no files but the document, and starts no process.
package struct DocumentReader: Sendable {
    private let fence: FencedProgram
    private let gate: ReadingGate

    /// `programs` is the folder where `fence` and `document-reader` are.
    package init(programs: String, limits: ExtractionLimits = .standard, gate: ReadingGate = ReadingGate()) {
        fence = FencedProgram(programs: programs, limits: limits)
        self.gate = gate
    }

    /// The text of a document, and what kind of document it is. The path's extension is never looked at.
    package func text(of path: String, for owner: DocumentOwner) async throws(DocumentError) -> (DocumentKind, ExtractedText) {
        let kind = try Self.kind(of: path)
        let limits = fence.limits
        let reader = [program, "text", kind.rawValue, "\(limits.pages)", "\(limits.characters)", "\(limits.outputBytes)"]
        // An absolute path cannot be mistaken for an option.
        let file = URL(fileURLWithPath: path).path
        return (kind, try await answer(kind.tools(pages: limits.pages) + [reader], "text", file: file, for: owner))
    }

    /// What the reader makes of a request: `task` names what is to be done with it.
    package func answer<Request: Encodable & Sendable, Answer: Codable & Sendable>(
        _ task: String,
        _ request: Request,
        for owner: DocumentOwner
    ) async throws(DocumentError) -> Answer {
        guard let input = try? JSONEncoder().encode(request) else { throw .broken }
        return try await answer([[program, task]], task, input: input, for: owner)
    }

    /// No picture that a camera takes has more.
    private static let mostPixels = 50_000_000
    private static let longestSide = 1024

    /// A picture, turned upright, made small and without metadata: a PNG where it is transparent, else a JPEG. `type` is what its first
    /// bytes say.
    package func picture(of path: String, type: String, for owner: DocumentOwner) async throws(DocumentError) -> Data {
        let reader = ["\(fence.programs)/picture-reader", type, "\(Self.mostPixels)", "\(Self.longestSide)"]
        return try await inTurn("picture", of: owner) { () async throws(DocumentError) -> Data in
            try await fence.run([reader], file: URL(fileURLWithPath: path).path)
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
            // The reader may have been taken over by what it read: its answer is foreign input too.
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
        guard
            let handle = FileHandle(forReadingAtPath: path),
            let bytes = try? handle.read(upToCount: DocumentKind.signatureLength)
        else { throw .unreadable }
        guard let kind = DocumentKind(firstBytes: bytes) else { throw .unrecognized }
        return kind
    }
}

extension DocumentKind {
    /// The programs of others that see the file before the reader does; what each prints is handed on to it in this order.
    fileprivate func tools(pages: Int) -> [[String]] {
        switch self {
        // Poppler gives each word's place on the page. One page beyond the limit tells whether anything was left out.
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
