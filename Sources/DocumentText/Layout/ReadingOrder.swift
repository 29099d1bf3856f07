import Foundation

/// Splits a page into regions in reading order: what spans the page, then column by column. Dates in the margin and labels before their
/// values share lines with the text next to them and stay there.
enum ReadingOrder {
    static func regions(of fragments: [Fragment], depth: Int = 0) -> [[Fragment]] {
        // Four levels cover a header over three columns with a table inside; the limit keeps crafted pages cheap.
        guard depth < 4, let split = bestSplit(of: fragments) else { return fragments.isEmpty ? [] : [fragments] }
        let run = Set(split.run)
        let top = split.run.map { fragments[$0].box.midY }.min() ?? 0
        var above: [Fragment] = []
        var below: [Fragment] = []
        for index in fragments.indices where !run.contains(index) {
            if fragments[index].box.midY < top { above.append(fragments[index]) } else { below.append(fragments[index]) }
        }
        let members = split.run.map { fragments[$0] }
        let left = members.filter { $0.box.minX < split.x }
        let right = members.filter { $0.box.minX >= split.x }
        return [above, left, right, below].flatMap { regions(of: $0, depth: depth + 1) }
    }

    private struct Split {
        let x: Double
        let run: [Int]
        let weight: Int
    }

    /// The gutter with the most lines on both sides.
    private static func bestSplit(of fragments: [Fragment]) -> Split? {
        // With fewer there are no columns; no real page has more.
        guard (6...1000).contains(fragments.count) else { return nil }
        let byHeight = fragments.indices.sorted { fragments[$0].box.midY < fragments[$1].box.midY }
        return leftEdges(of: fragments)
            .flatMap { runs(beside: $0, fragments, byHeight) }
            .filter { isPairOfColumns($0, fragments) }
            .max { ($0.weight, -$0.x) < ($1.weight, -$1.x) }
    }

    /// Where columns may begin: positions at which three or more fragments begin. The twenty most used are enough for any page.
    private static func leftEdges(of fragments: [Fragment]) -> [Double] {
        let clusters = Dictionary(grouping: fragments.map(\.box.minX)) { Int(($0 / 3).rounded()) }
        return clusters.values.filter { $0.count >= 3 }.sorted { ($0.count, $0[0]) > ($1.count, $1[0]) }
            .prefix(20).compactMap { $0.min() }
    }

    /// The parts of the page in which nothing crosses the gutter left of `x`.
    private static func runs(beside x: Double, _ fragments: [Fragment], _ byHeight: [Int]) -> [Split] {
        var runs: [Split] = []
        var run: [Int] = []
        var left = 0
        func close() {
            let weight = min(left, run.count - left)
            if weight >= 3 { runs.append(Split(x: x - 1, run: run, weight: weight)) }
            run = []
            left = 0
        }
        for index in byHeight {
            let box = fragments[index].box
            if box.minX < x - 1, box.maxX > x - 6 {
                close()
            } else {
                run.append(index)
                if box.minX < x - 1 { left += 1 }
            }
        }
        close()
        return runs
    }

    private static func isPairOfColumns(_ split: Split, _ fragments: [Fragment]) -> Bool {
        let members = split.run.map { fragments[$0] }
        let left = members.filter { $0.box.minX < split.x }
        let right = members.filter { $0.box.minX >= split.x }
        return !isMargin(left, of: right) && !isMargin(right, of: left)
    }

    /// A margin holds dates, labels, places or headings next to the lines that they belong to. Those in between stand alone.
    private static func isMargin(_ margin: [Fragment], of text: [Fragment]) -> Bool {
        let levels = Levels(of: text)
        let level = margin.filter { levels.contains($0.box) }
        let entries = level.count { hasYear($0.text) || $0.text.hasSuffix(":") || labels.contains($0.text.lowercased()) }
        if level.count >= 3, entries * 2 >= level.count { return true }
        return level.count * 10 >= margin.count * 7 && lineDistance(margin) > 2.2 * lineDistance(text)
    }

    /// The labels of a table of particulars, as tabular resumes have it at the left.
    private static let labels: Set<String> = [
        "name", "full name", "address", "phone", "telephone", "mobile", "e-mail", "email", "date of birth", "place of birth", "born",
        "nationality", "marital status", "website", "languages", "anschrift", "adresse", "telefon", "mobil", "geburtsdatum", "geburtsort",
        "geboren", "staatsangehörigkeit", "familienstand", "sprachen", "scheine", "fachlich", "edv", "führerschein", "hobbys",
        "nombre", "dirección", "teléfono", "correo", "fecha de nacimiento", "nacionalidad", "estado civil", "idiomas", "nom", "prénom",
        "téléphone", "courriel", "date de naissance", "nationalité", "langues", "naam", "adres", "telefoon", "geboortedatum",
        "nationaliteit", "talen", "nome", "indirizzo", "telefono", "data di nascita", "nazionalità", "lingue", "endereço", "telefone",
        "data de nascimento", "nacionalidade", "imię i nazwisko", "data urodzenia", "języki", "narodowość",
    ]

    private static func lineDistance(_ fragments: [Fragment]) -> Double {
        let heights = fragments.map(\.box.midY).sorted()
        let distances = zip(heights.dropFirst(), heights).map { $0 - $1 }.filter { $0 > 3 }.sorted()
        return distances.isEmpty ? 0 : distances[distances.count / 2]
    }

    private static func hasYear(_ text: String) -> Bool {
        text.split { !$0.isASCII || !$0.isNumber }.contains { $0.count == 4 && ($0.hasPrefix("19") || $0.hasPrefix("20")) }
    }
}
