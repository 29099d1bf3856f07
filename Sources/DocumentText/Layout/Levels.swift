/// The heights of fragments, to tell for any box whether one of them is level with it, without checking each.
struct Levels {
    private let middles: [Double]
    /// From top to bottom, none touching the next.
    private var spans: [(top: Double, bottom: Double)] = []

    init(of fragments: [Fragment]) {
        middles = fragments.map(\.box.midY).sorted()
        for box in fragments.map(\.box).sorted(by: { $0.minY < $1.minY }) {
            if let last = spans.last, box.minY < last.bottom {
                spans[spans.count - 1].bottom = max(last.bottom, box.maxY)
            } else {
                spans.append((box.minY, box.maxY))
            }
        }
    }

    /// Two boxes are level, see `Box.isLevel(with:)`, if the middle of one of them lies inside of the other.
    func contains(_ box: Box) -> Bool {
        let next = middles.firstPlace { $0 > box.minY }
        if next < middles.count, middles[next] < box.maxY { return true }
        let above = spans.firstPlace { $0.top >= box.midY }
        return above > 0 && box.midY < spans[above - 1].bottom
    }
}

extension Array {
    /// The index of the first element past something, in an order in which all later ones are past it as well.
    fileprivate func firstPlace(where isPast: (Element) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if isPast(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
