/// All series of one name.
package struct MetricFamily: Sendable {
    package enum Kind: Sendable {
        case counter
        case gauge
        case histogram
        /// A histogram of seconds.
        case timer

        var typeName: String {
            switch self {
            case .counter: "counter"
            case .gauge: "gauge"
            case .histogram, .timer: "histogram"
            }
        }
    }

    package let name: String
    package let kind: Kind
    package var series: [MetricLabels: any MetricSeries] = [:]
}

/// Labels as they are printed, sorted and escaped, so that their order in the code doesn't create a second series.
package struct MetricLabels: Hashable, Sendable {
    package let text: String

    static let overflow = MetricLabels([("overflow", "true")])

    init(_ dimensions: [(String, String)]) {
        text =
            dimensions
            .map { (labelName($0), $1) }
            .sorted { $0 < $1 }
            .map { "\($0)=\"\(escaped($1))\"" }
            .joined(separator: ",")
    }
}

// Prometheus' naming: the unit, then `_total` for counters.
func metricName(_ label: String, _ kind: MetricFamily.Kind) -> String {
    let name = identifier(label, extra: "_:")
    return switch kind {
    case .counter: name.hasSuffix("_total") ? name : name + "_total"
    case .timer: name.hasSuffix("_seconds") ? name : name + "_seconds"
    case .gauge, .histogram: name
    }
}

// `le` and names that begin with two underscores are Prometheus' own.
private func labelName(_ label: String) -> String {
    let name = identifier(label, extra: "_")
    return name == "le" || name.hasPrefix("__") ? "label_" + name : name
}

private func identifier(_ text: String, extra: String) -> String {
    let name = String(text.map { $0.isASCII && ($0.isLetter || $0.isNumber || extra.contains($0)) ? $0 : "_" })
    return name.first.map { $0.isNumber } ?? true ? "_" + name : name
}

private func escaped(_ value: String) -> String {
    value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
}
