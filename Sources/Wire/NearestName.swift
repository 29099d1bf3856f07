extension Sequence<String> {
    /// The name that was most likely meant by an unknown one; nil if none is close.
    package func nearest(to name: String) -> String? {
        // A name is short; a longer text isn't one, and not worth the square of its length.
        guard name.utf8.count <= 100 else { return nil }
        let wanted = name.lowercased()
        let most = Swift.max(1, name.count / 3)
        // Names whose lengths differ by more are further apart than any that is meant.
        let alike = filter { abs($0.count - name.count) <= most }
        let distances = alike.map { (name: $0, distance: wanted.distance(to: $0.lowercased())) }
        guard let best = distances.min(by: { ($0.distance, $0.name) < ($1.distance, $1.name) }) else { return nil }
        // Names such as `application.tagged` begin alike: what follows counts.
        let start = zip(name.lowercased(), best.name.lowercased()).prefix { $0 == $1 }.count
        return best.distance <= Swift.max(1, (name.count - start) / 3) && best.distance < best.name.count ? best.name : nil
    }
}

extension String {
    /// How many letters to insert, delete, replace or swap with their neighbor (optimal string alignment).
    fileprivate func distance(to other: String) -> Int {
        let from = Array(self)
        let to = Array(other)
        var rows = [Array(0...to.count)]
        for (i, letter) in from.enumerated() {
            var row = [i + 1]
            for (j, wanted) in to.enumerated() {
                var least = Swift.min(row[j] + 1, rows[i][j + 1] + 1, rows[i][j] + (letter == wanted ? 0 : 1))
                if i > 0, j > 0, letter == to[j - 1], from[i - 1] == wanted { least = Swift.min(least, rows[i - 1][j - 1] + 1) }
                row.append(least)
            }
            rows.append(row)
        }
        return rows[from.count][to.count]
    }
}
