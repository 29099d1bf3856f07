/// Turns WordprocessingML into lines: one line per paragraph, a bullet for a list item, the cells of a one-line table row on one line.
package struct WordprocessingReader {
    private var reader: XMLReader
    private let targets: [String: String]
    private var lines: [String] = []
    /// Paragraphs nest: a text box is inside the paragraph that anchors it.
    private var open: [Paragraph] = []
    private var rows: [Row] = []
    /// What is nested more deeply than is tracked.
    private var deeperParagraphs = 0
    private var deeperRows = 0
    private var size = 0
    private var addresses = 0
    private var prominent: (line: String, size: Int)?
    private var isText = false

    private struct Paragraph {
        var text = ""
        var isListItem = false
        var size = 0
        var link: String?

        /// The last thousand bytes, which contain the clickable words with what is around them.
        var end: Substring {
            text[(text.utf8.index(text.endIndex, offsetBy: -1000, limitedBy: text.startIndex) ?? text.startIndex)...]
        }
    }

    /// Non-blank lines, counted as they come: a cell holds all lines of the tables in it, and may end any number of times.
    private struct Content {
        var lines = 0
        var first = ""

        mutating func append(_ other: Content) {
            if lines == 0 { first = other.first }
            lines += other.lines
        }
    }

    private struct Row {
        let firstLine: Int
        var cells: [String] = []
        var cell = Content()
        var whole = Content()
        var isFlat = true

        mutating func closeCell() {
            if cell.lines > 1 || cells.count == ReadingLimits.cells { isFlat = false }
            if isFlat { cells.append(cell.first) }
            cell = Content()
        }
    }

    /// The line in the largest type, or in the style called Title.
    package var prominentLine: String? { prominent?.line }

    package init(_ markup: String, targets: [String: String]) {
        reader = XMLReader(markup)
        self.targets = targets.filter { $0.value.utf8.count <= ReadingLimits.address }
    }

    package mutating func text() -> String {
        while size < ReadingLimits.text, let token = reader.next() {
            switch token {
            case .open(let name, let attributes): begin(name, attributes)
            case .close(let name): end(name)
            case .text(let text): if isText { write(text) }
            }
        }
        deeperParagraphs = 0
        while !open.isEmpty { closeParagraph() }
        return lines.joined(separator: "\n")
    }

    private mutating func begin(_ name: String, _ attributes: [String: String]) {
        switch name {
        case "w:p": openParagraph()
        case "w:t": isText = true
        case "w:tab": separate("\t")
        case "w:br", "w:cr": separate("\n")
        case "w:noBreakHyphen": separate("-")
        case "w:hyperlink": edit { $0.link = attributes["r:id"] }
        case "w:numPr": edit { $0.isListItem = true }
        case "w:pStyle": style(attributes["w:val"] ?? "")
        case "w:sz": edit { $0.size = max($0.size, Int(attributes["w:val"] ?? "") ?? 0) }
        case "w:tr": openRow()
        case "w:tc": openCell()
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

    // Inside w:tabs, a w:tab declares a tab stop; it comes before any text, where a tab means nothing.
    private mutating func separate(_ text: String) {
        if open.last?.text.isEmpty == false { write(text) }
    }

    private mutating func write(_ text: String) {
        size += text.utf8.count
        edit { $0.text += text }
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

    /// Clickable text that doesn't show its target is followed by the address.
    private mutating func closeLink() {
        guard let target = open.last?.link.flatMap({ targets[$0] }), addresses < ReadingLimits.addresses else { return }
        addresses += 1
        edit { $0.link = nil }
        let bare = target.split(separator: ":", maxSplits: 1).last.map { $0.drop { $0 == "/" } } ?? ""
        if open.last?.end.contains(bare) == false { write(" " + target) }
    }

    private mutating func openParagraph() {
        if open.count < ReadingLimits.nestedParagraphs { open.append(Paragraph()) } else { deeperParagraphs += 1 }
    }

    private mutating func closeParagraph() {
        guard deeperParagraphs == 0 else {
            deeperParagraphs -= 1
            return
        }
        guard let paragraph = open.popLast() else { return }
        let isBlank = paragraph.text.allSatisfy(\.isWhitespace)
        append(paragraph.isListItem && !isBlank ? "\u{2022} " + paragraph.text : paragraph.text, isBlank: isBlank)
        if !isBlank, paragraph.size > prominent?.size ?? 0 { prominent = (paragraph.text, paragraph.size) }
    }

    private mutating func append(_ line: String, isBlank: Bool) {
        size += 1
        lines.append(line)
        if !isBlank { note(Content(lines: 1, first: line)) }
    }

    private mutating func note(_ content: Content) {
        guard !rows.isEmpty else { return }
        rows[rows.count - 1].cell.append(content)
        rows[rows.count - 1].whole.append(content)
    }

    private mutating func openRow() {
        if rows.count < ReadingLimits.nestedRows { rows.append(Row(firstLine: lines.count)) } else { deeperRows += 1 }
    }

    private mutating func openCell() {
        if !rows.isEmpty, deeperRows == 0 { rows[rows.count - 1].cell = Content() }
    }

    private mutating func closeCell() {
        if !rows.isEmpty, deeperRows == 0 { rows[rows.count - 1].closeCell() }
    }

    private mutating func closeRow() {
        guard deeperRows == 0 else {
            deeperRows -= 1
            return
        }
        guard let row = rows.popLast() else { return }
        guard row.isFlat, row.cells.count > 1 else { return note(row.whole) }
        lines.removeSubrange(row.firstLine...)
        let line = row.cells.filter { !$0.isEmpty }.joined(separator: "\t")
        append(line, isBlank: line.isEmpty)
    }
}
