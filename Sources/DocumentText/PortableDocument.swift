import Documents

/// Text of a PDF. Poppler gives each word's place on the page; the order of reading is worked out from the places, because the
/// order in the file interleaves columns as often as not.
struct PortableDocument {
    let path: String
    let process: LimitedProcess

    func text() async throws(DocumentError) -> ExtractedText {
        let last = process.limits.pages
        // One page beyond the limit tells whether anything was left out.
        let outcome = try await process.run("pdftotext", ["-q", "-bbox", "-enc", "UTF-8", "-l", "\(last + 1)", path, "-"])
        guard outcome.exitCode == 0 else { throw try await reason(for: outcome.exitCode) }
        let pages = PageMarkup(outcome.output)
        return ExtractedText(
            text: pages.text(ofFirst: last),
            prominentLine: pages.prominentLine,
            links: try await links(),
            isTruncated: pages.count > last
        )
    }

    // pdftotext(1): 1 is an error opening the file, 3 is missing permission. Only the complaint tells a password from damage.
    private func reason(for exitCode: Int32) async throws(DocumentError) -> DocumentError {
        if exitCode == 3 { return .encrypted }
        do {
            let outcome = try await process.run("pdftotext", ["-l", "1", path, "-"], complaintBytes: 64 << 10)
            return outcome.complaint.contains("Incorrect password") ? .encrypted : .broken
        } catch {
            if error == .expandsTooFar { return .broken }
            throw error
        }
    }

    private func links() async throws(DocumentError) -> [String] {
        let outcome = try await process.run("pdfinfo", ["-url", "-l", "\(process.limits.pages)", path])
        guard outcome.exitCode == 0 else { return [] }
        // A heading, then lines of page, type, address.
        var links: [String] = []
        for line in outcome.output.split(separator: "\n").dropFirst() {
            let columns = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: true)
            guard columns.count == 3, links.count < 50 else { continue }
            let link = columns[2].trimmingPrefix { $0 == " " }
            if !links.contains(String(link)) { links.append(String(link)) }
        }
        return links
    }
}
