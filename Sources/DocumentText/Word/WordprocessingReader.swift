/// Turns WordprocessingML into lines: a line a paragraph, a bullet for a list item, the cells of a one-line table row on one line.
package struct WordprocessingReader {
    private var reader: XMLReader
    private let targets: [String: String]
    private var lines: [String] = []
    /// Paragraphs nest: a text box hangs inside the paragraph that anchors it.
    private var open: [Paragraph] = []
    private var rows: [Row] = []
    private var prominent: (line: String, size: Int)?
    private var isText = false

    private struct Paragraph {
        var text = ""
        var isListItem = false
        var size = 0
        var link: String?
    }

    private struct Row {
        var firstLine: Int
        var cells: [String] = []
        var cellStart = 0
        var isFlat = true
    }

    /// The line in the largest type, or in the style called Title.
    package var prominentLine: String? { prominent?.line }

    package init(_ markup: String, targets: [String: String]) {
        reader = XMLReader(markup)
        self.targets = targets
    }

    package mutating func text() -> String {
        while let token = reader.next() {
            switch token {
            case .open(let name, let attributes): begin(name, attributes)
            case .close(let name): end(name)
            case .text(let text):
                if isText, !open.isEmpty { open[open.count - 1].text += text }
            }
        }
        return lines.joined(separator: "\n")
    }

    private mutating func begin(_ name: String, _ attributes: [String: String]) {
        switch name {
        case "w:p": open.append(Paragraph())
        case "w:t": isText = true
        case "w:tab": append("\t")
        case "w:br", "w:cr": append("\n")
        case "w:noBreakHyphen": append("-")
        case "w:hyperlink": edit { $0.link = attributes["r:id"] }
        case "w:numPr": edit { $0.isListItem = true }
        case "w:pStyle": style(attributes["w:val"] ?? "")
        case "w:sz": edit { $0.size = max($0.size, Int(attributes["w:val"] ?? "") ?? 0) }
        case "w:tr": rows.append(Row(firstLine: lines.count))
        case "w:tc":
            if !rows.isEmpty { rows[rows.count - 1].cellStart = lines.count }
        // The fallback repeats the text box for old readers; the rest is deleted text and field code.
        case "mc:Fallback", "w:del", "w:instrText", "w:moveFrom": skip(name)
        default: return
        }
    }

    private mutating func end(_ name: String) {
        switch name {
        case "w:t": isText = false
        case "w:hyperlink": closeLink()
        case "w:p": closeParagraph()
        case "w:tc": closeCell()
        case "w:tr": closeRow()
        default: return
        }
    }

    private mutating func edit(_ change: (inout Paragraph) -> Void) {
        if !open.isEmpty { change(&open[open.count - 1]) }
    }

    // Inside w:tabs, a w:tab declares a stop; it comes before any text, where a tab means nothing.
    private mutating func append(_ text: String) {
        edit { if !$0.text.isEmpty { $0.text += text } }
    }

    private mutating func style(_ name: String) {
        edit {
            if name.hasPrefix("ListBullet") || name.hasPrefix("ListNumber") { $0.isListItem = true }
            if name == "Title" { $0.size = max($0.size, 1000) }
        }
    }

    private mutating func skip(_ name: String) {
        var depth = 1
        while depth > 0, let token = reader.next() {
            switch token {
            case .open(name, _): depth += 1
            case .close(name): depth -= 1
            default: continue
            }
        }
    }

    /// Clickable text that does not show where it leads is followed by the address.
    private mutating func closeLink() {
        let targets = targets
        edit {
            guard let target = $0.link.flatMap({ targets[$0] }) else { return }
            let bare = target.split(separator: ":", maxSplits: 1).last.map { $0.drop { $0 == "/" } } ?? ""
            if !$0.text.contains(bare) { $0.text += " " + target }
            $0.link = nil
        }
    }

    private mutating func closeParagraph() {
        guard let paragraph = open.popLast() else { return }
        let isBlank = paragraph.text.allSatisfy(\.isWhitespace)
        lines.append(paragraph.isListItem && !isBlank ? "\u{2022} " + paragraph.text : paragraph.text)
        if !isBlank, paragraph.size > prominent?.size ?? 0 { prominent = (paragraph.text, paragraph.size) }
    }

    private mutating func closeCell() {
        guard let row = rows.last else { return }
        let content = lines[row.cellStart...].filter { !$0.allSatisfy(\.isWhitespace) }
        if content.count > 1 { rows[rows.count - 1].isFlat = false }
        rows[rows.count - 1].cells.append(content.first ?? "")
    }

    private mutating func closeRow() {
        guard let row = rows.popLast(), row.isFlat, row.cells.count > 1 else { return }
        lines.removeSubrange(row.firstLine...)
        lines.append(row.cells.filter { !$0.isEmpty }.joined(separator: "\t"))
    }
}
