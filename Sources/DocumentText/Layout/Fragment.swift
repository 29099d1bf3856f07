/// A rectangle in points, with y growing downwards as Poppler reports it.
struct Box: Equatable {
    var minX: Double
    var minY: Double
    var maxX: Double
    var maxY: Double

    var midY: Double { (minY + maxY) / 2 }
    var height: Double { maxY - minY }
    var width: Double { maxX - minX }

    func union(_ other: Box) -> Box {
        Box(
            minX: Swift.min(minX, other.minX),
            minY: Swift.min(minY, other.minY),
            maxX: Swift.max(maxX, other.maxX),
            maxY: Swift.max(maxY, other.maxY)
        )
    }

    /// Whether the two are on one line: they share more than half of the lower one's height.
    func isLevel(with other: Box) -> Bool {
        let shared = Swift.min(maxY, other.maxY) - Swift.max(minY, other.minY)
        return shared > 0.5 * Swift.min(height, other.height)
    }
}

/// Part of a line without a wide gap inside: a word, and after joining, the words around it.
struct Fragment: Equatable {
    var text: String
    var box: Box
    /// The largest type size in it.
    var size: Double

    init(_ text: String, _ box: Box) {
        self.text = text
        self.box = box
        size = box.height
    }

    mutating func append(_ word: Fragment) {
        text += " " + word.text
        box = box.union(word.box)
        size = max(size, word.size)
    }
}

extension [Fragment] {
    /// Joins words that are next to each other on a line.
    var joinedOnLines: [Fragment] {
        var joined: [Fragment] = []
        // Only fragments near a height can take a word of that height, and only those that end near it, so a page of words isn't quadratic.
        var byHeight: [Int: [Int]] = [:]
        for word in sorted(by: { ($0.box.minX, $0.box.minY) < ($1.box.minX, $1.box.minY) }) {
            let level = Int(word.box.midY / 4)
            for near in level - 2...level + 2 { byHeight[near]?.removeAll { joined[$0].isLeftBehind(by: word) } }
            let taker = (level - 2...level + 2).reversed().lazy.compactMap { byHeight[$0]?.last { joined[$0].takes(word) } }.first
            if let taker {
                joined[taker].append(word)
            } else {
                byHeight[level, default: []].append(joined.count)
                if byHeight[level, default: []].count > ReadingLimits.openFragments { byHeight[level]?.removeFirst() }
                joined.append(word)
            }
        }
        return joined
    }

    var bounds: Box {
        dropFirst().reduce(first?.box ?? Box(minX: 0, minY: 0, maxX: 0, maxY: 0)) { $0.union($1.box) }
    }
}

extension Fragment {
    /// Whether the words that follow, left to right, are all too far away.
    fileprivate func isLeftBehind(by word: Fragment) -> Bool {
        word.box.minX - box.maxX >= 0.9 * size
    }

    // A word space is a quarter of the type size, stretched to three quarters in justified text; columns are more than a full one apart.
    fileprivate func takes(_ word: Fragment) -> Bool {
        let gap = word.box.minX - box.maxX
        let size = Swift.min(self.size, word.size)
        return gap < 0.9 * size && gap > -0.5 * size && box.isLevel(with: word.box)
    }
}
