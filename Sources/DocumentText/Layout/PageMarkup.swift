/// The output of `pdftotext -bbox`: each page's words with their positions.
package struct PageMarkup {
    private var pages: [[Fragment]] = []

    package init(_ markup: String) {
        var reader = XMLReader(markup)
        var box: Box?
        while let token = reader.next() {
            switch token {
            case .open("page", _): pages.append([])
            case .open("word", let attributes): box = Box(attributes)
            case .text(let text):
                if let box, !pages.isEmpty, pages[pages.count - 1].count < ReadingLimits.wordsOnPage {
                    pages[pages.count - 1].append(Fragment(text, box))
                }
            case .close("word"): box = nil
            default: continue
            }
        }
        pages = pages.map(\.joinedOnLines)
    }

    package var count: Int { pages.count }

    /// The lines of the first pages in reading order.
    package func text(ofFirst count: Int) -> String {
        pages.prefix(count).map { page in
            ReadingOrder.regions(of: page).map { LineAssembly.text(of: LineAssembly.lines(of: $0)) }.joined(separator: "\n")
        }.joined()
    }

    /// The line in the largest type on the first page.
    package var prominentLine: String? {
        guard let page = pages.first else { return nil }
        let lines = ReadingOrder.regions(of: page).flatMap(LineAssembly.lines)
        guard let size = lines.filter({ $0.text.contains(where: \.isLetter) }).map(\.size).max() else { return nil }
        // A long name may take two lines.
        let largest = lines.flatMap(\.fragments).filter { $0.size > size * 0.95 }.prefix(3)
        return largest.map(\.text).joined(separator: " ")
    }
}

extension Box {
    fileprivate init?(_ attributes: [String: String]) {
        guard
            let minX = attributes["xMin"].flatMap(Double.init), let minY = attributes["yMin"].flatMap(Double.init),
            let maxX = attributes["xMax"].flatMap(Double.init), let maxY = attributes["yMax"].flatMap(Double.init),
            // A crafted page may put words anywhere, even at infinity.
            [minX, minY, maxX, maxY].allSatisfy({ abs($0) < 100_000 }), minX <= maxX, minY < maxY
        else { return nil }
        self.init(minX: minX, minY: minY, maxX: maxX, maxY: maxY)
    }
}
