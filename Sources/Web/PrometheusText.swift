/// Writes metrics in Prometheus' text format 0.0.4.
package enum PrometheusText {
    package static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    package static func render(_ metrics: MetricsRegistry) -> String {
        metrics.families().map(render).joined()
    }

    private static func render(_ family: MetricFamily) -> String {
        var text = "# TYPE \(family.name) \(family.kind.typeName)\n"
        for (labels, series) in family.series.sorted(by: { $0.key.text < $1.key.text }) {
            switch series.value {
            case .number(let value):
                text += line(family.name, labels.text, value)
            case .histogram(let bounds, let counts, let sum):
                text += histogram(family.name, labels.text, bounds, counts, sum)
            }
        }
        return text
    }

    // Buckets are cumulative: each counts everything below its bound.
    private static func histogram(_ name: String, _ labels: String, _ bounds: [Double], _ counts: [UInt64], _ sum: Double) -> String {
        var text = ""
        var below: UInt64 = 0
        for (bound, count) in zip(bounds.map(number) + ["+Inf"], counts) {
            below += count
            text += line("\(name)_bucket", labels + (labels.isEmpty ? "" : ",") + "le=\"\(bound)\"", Double(below))
        }
        return text + line("\(name)_sum", labels, sum) + line("\(name)_count", labels, Double(below))
    }

    private static func line(_ name: String, _ labels: String, _ value: Double) -> String {
        labels.isEmpty ? "\(name) \(number(value))\n" : "\(name){\(labels)} \(number(value))\n"
    }

    private static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
        return Int64(exactly: value).map(String.init) ?? String(value)
    }
}
