import Documents

/// Text of a DOC, read by catdoc: one line a paragraph, table cells divided by tabs.
struct LegacyWordDocument {
    let path: String
    let process: LimitedProcess

    func text() async throws(DocumentError) -> ExtractedText {
        let outcome = try await process.run("catdoc", ["-w", "-d", "utf-8", path])
        guard outcome.exitCode == 0 else { throw .broken }
        return ExtractedText(text: outcome.output)
    }
}
