/// Writes the fragments of one region as lines: a tab for a wide gap, spaces for the indentation, an empty line for a vertical gap.
enum LineAssembly {
    struct Line {
        var fragments: [Fragment]
        var box: Box

        var text: String { fragments.map(\.text).joined(separator: "\t") }
        var size: Double { fragments.map(\.size).max() ?? 0 }
    }

    static func lines(of fragments: [Fragment]) -> [Line] {
        var lines: [Line] = []
        for fragment in fragments.sorted(by: { ($0.box.midY, $0.box.minX) < ($1.box.midY, $1.box.minX) }) {
            // Only the box: holding the line itself would copy its fragments each time.
            if let box = lines.last?.box, box.isLevel(with: fragment.box) {
                lines[lines.count - 1].fragments.append(fragment)
                lines[lines.count - 1].box = box.union(fragment.box)
            } else {
                lines.append(Line(fragments: [fragment], box: fragment.box))
            }
        }
        for index in lines.indices {
            lines[index].fragments.sort { $0.box.minX < $1.box.minX }
        }
        return lines
    }

    static func text(of lines: [Line]) -> String {
        let margin = lines.map(\.box.minX).min() ?? 0
        let gap = 1.4 * usualDistance(of: lines)
        var text = ""
        for (index, line) in lines.enumerated() {
            if index > 0, line.box.midY - lines[index - 1].box.midY > gap { text += "\n" }
            text += indentation(of: line, from: margin) + line.text + "\n"
        }
        return text
    }

    private static func usualDistance(of lines: [Line]) -> Double {
        let distances = zip(lines.dropFirst(), lines).map { $0.box.midY - $1.box.midY }.sorted()
        return distances.isEmpty ? 0 : distances[distances.count / 2]
    }

    // A character is about half as wide as its line is high. More than forty spaces make no further difference.
    private static func indentation(of line: Line, from margin: Double) -> String {
        let characters = (line.box.minX - margin) / max(line.box.height * 0.45, 1)
        return String(repeating: " ", count: min(Int(characters.rounded()), 40))
    }
}
