import Kernel
import Metrics
import Postgres

/// Measures what waits, for `/metrics`: work items by lane, and events without a number.
struct Gauges: Sendable {
    /// Counting stops there: a queue that long is long enough to know.
    private static let mostCounted = 10_000

    let door: OperatorDoor
    let sequencer: Sequencer
    let handlers: [WorkHandler]

    func measure() async throws {
        let names = handlers.map(\.name)
        var items: [Lane: Int] = [:]
        let lanes = Dictionary(handlers.map { ($0.name, $0.lane) }, uniquingKeysWith: { first, _ in first })
        for row in try await door.upkeep(WorkSQL.depth(names, now: door.clock.now(), most: Self.mostCounted)) {
            if let lane = lanes[try row("name")] { items[lane, default: 0] += try row("items") }
        }
        for lane in Lane.allCases {
            Gauge(label: "tenure_lane_waiting", dimensions: [("lane", lane.rawValue)]).record(items[lane] ?? 0)
        }
        Gauge(label: "tenure_events_unnumbered_seconds").record(try await sequencer.lag().seconds)
    }
}
