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
        let pages = Self.pages(in: outcome.output)
        let text = pages.prefix(last).map { page in
            ReadingOrder.regions(of: page).map { LineAssembly.text(of: LineAssembly.lines(of: $0)) }.joined(separator: "\n")
        }
        return ExtractedText(
            text: text.joined(),
            prominentLine: pages.first.flatMap(Self.prominentLine),
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

    // A page set solid in small type has some 1,500 words. More are crafted to cost time.
    private static let wordsOnPage = 4000

    private static func pages(in markup: String) -> [[Fragment]] {
        var reader = XMLReader(markup)
        var pages: [[Fragment]] = []
        var box: Box?
        while let token = reader.next() {
            switch token {
            case .open("page", _): pages.append([])
            case .open("word", let attributes): box = Box(attributes)
            case .text(let text):
                if let box, !pages.isEmpty, pages[pages.count - 1].count < wordsOnPage {
                    pages[pages.count - 1].append(Fragment(text, box))
                }
            case .close("word"): box = nil
            default: continue
            }
        }
        return pages.map(\.joinedOnLines)
    }

    private static func prominentLine(of page: [Fragment]) -> String? {
        let lines = ReadingOrder.regions(of: page).flatMap(LineAssembly.lines)
        guard let size = lines.filter({ $0.text.contains(where: \.isLetter) }).map(\.size).max() else { return nil }
        // A long name may be set on two lines.
        let largest = lines.flatMap(\.fragments).filter { $0.size > size * 0.95 }.prefix(3)
        return largest.map(\.text).joined(separator: " ")
    }
}

extension Box {
    fileprivate init?(_ attributes: [String: String]) {
        guard
            let minX = attributes["xMin"].flatMap(Double.init), let minY = attributes["yMin"].flatMap(Double.init),
            let maxX = attributes["xMax"].flatMap(Double.init), let maxY = attributes["yMax"].flatMap(Double.init),
            // A crafted page may place words anywhere, at infinity too.
            [minX, minY, maxX, maxY].allSatisfy({ abs($0) < 100_000 }), minX <= maxX, minY < maxY
        else { return nil }
        self.init(minX: minX, minY: minY, maxX: maxX, maxY: maxY)
    }
}
