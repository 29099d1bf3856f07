import Foundation
import Kernel
import Logging
import Metrics
import Testing

@testable import Web

struct MetricsTests {
    private let registry = MetricsRegistry(seriesLimit: 3)

    private var text: String { PrometheusText.render(registry) }

    @Test func `each kind is rendered as its own type`() {
        Counter(label: "http.requests", dimensions: [("status", "200"), ("method", "GET")], factory: registry).increment(by: 41)
        Counter(label: "http.requests", dimensions: [("method", "GET"), ("status", "200")], factory: registry).increment()
        FloatingPointCounter(label: "cpu_total", factory: registry).increment(by: 1.25)
        Meter(label: "pool_idle", factory: registry).set(7)
        Gauge(label: "queue_depth", factory: registry).record(-3)
        #expect(
            text == """
                # TYPE cpu_total counter
                cpu_total 1.25
                # TYPE http_requests_total counter
                http_requests_total{method="GET",status="200"} 42
                # TYPE pool_idle gauge
                pool_idle 7
                # TYPE queue_depth gauge
                queue_depth -3

                """
        )
    }

    @Test func `a timer becomes a cumulative histogram of seconds`() {
        let timer = Metrics.Timer(label: "request", dimensions: [("route", "/jobs")], factory: registry)
        for milliseconds in [0.5, 1, 3, 300, 20_000] { timer.recordNanoseconds(Int64(milliseconds * 1_000_000)) }
        #expect(
            text == """
                # TYPE request_seconds histogram
                request_seconds_bucket{route="/jobs",le="0.0001"} 0
                request_seconds_bucket{route="/jobs",le="0.0002"} 0
                request_seconds_bucket{route="/jobs",le="0.0003"} 0
                request_seconds_bucket{route="/jobs",le="0.0005"} 1
                request_seconds_bucket{route="/jobs",le="0.001"} 2
                request_seconds_bucket{route="/jobs",le="0.0025"} 2
                request_seconds_bucket{route="/jobs",le="0.005"} 3
                request_seconds_bucket{route="/jobs",le="0.01"} 3
                request_seconds_bucket{route="/jobs",le="0.025"} 3
                request_seconds_bucket{route="/jobs",le="0.05"} 3
                request_seconds_bucket{route="/jobs",le="0.1"} 3
                request_seconds_bucket{route="/jobs",le="0.25"} 3
                request_seconds_bucket{route="/jobs",le="0.5"} 4
                request_seconds_bucket{route="/jobs",le="1"} 4
                request_seconds_bucket{route="/jobs",le="2.5"} 4
                request_seconds_bucket{route="/jobs",le="5"} 4
                request_seconds_bucket{route="/jobs",le="10"} 4
                request_seconds_bucket{route="/jobs",le="+Inf"} 5
                request_seconds_sum{route="/jobs"} 20.3045
                request_seconds_count{route="/jobs"} 5

                """
        )
    }

    @Test func `a recorder of amounts is a histogram too`() {
        Recorder(label: "bytes", factory: registry).record(1500)
        #expect(text.contains("bytes_bucket{le=\"1000\"} 0\nbytes_bucket{le=\"10000\"} 1\n"))
        #expect(text.hasSuffix("bytes_sum 1500\nbytes_count 1\n"))
    }

    @Test func `names and label values cannot break the format`() {
        let labels = [("le", "1"), ("__name__", "x"), ("2nd", "a\"b\\c\nd"), ("ü", "ü")]
        Counter(label: "9 lives\n", dimensions: labels, factory: registry).increment()
        #expect(text.hasPrefix("# TYPE _9_lives__total counter\n"))
        #expect(text.contains(#"{_="ü",_2nd="a\"b\\c\nd",label___name__="x",label_le="1"} 1"#))
        #expect(text.split(separator: "\n").count == 2)
    }

    @Test func `too many labels share one series and lose no count`() {
        for number in 0..<10_000 { Counter(label: "hits", dimensions: [("path", "/\(number)")], factory: registry).increment() }
        #expect(text.split(separator: "\n").count == 5)
        #expect(text.contains("hits_total{overflow=\"true\"} 9997"))
        Counter(label: "hits", dimensions: [("path", "/1")], factory: registry).increment()
        #expect(text.contains("hits_total{path=\"/1\"} 2"))
    }

    @Test func `a family has room for all that was expected of it, and no more`() {
        registry.expect(50, of: "hits_total")
        for number in 0..<60 { Counter(label: "hits", dimensions: [("path", "/\(number)")], factory: registry).increment() }
        #expect(text.split(separator: "\n").count == 1 + 51)
        #expect(text.contains("hits_total{overflow=\"true\"} 10"))
    }

    @Test func `operations have room for each kind of status, however many they are`() {
        let operations = (0..<400).map { number in
            APIOperation(.get, "/things/\(number)", "Show", access: .anyone) { (_: NoInput, _: Anonymous) in NoContent() }
        }
        registry.expectRequests(of: operations)
        for operation in operations {
            for status in 1...5 {
                let labels = [("method", "GET"), ("path", operation.path), ("status", "\(status)xx")]
                Counter(label: "http_requests_total", dimensions: labels, factory: registry).increment()
            }
        }
        #expect(text.split(separator: "\n").count == 1 + 2000)
        #expect(!text.contains("overflow"))
    }

    @Test func `a name keeps its first type`() {
        Gauge(label: "load", factory: registry).record(1)
        Recorder(label: "load", factory: registry).record(99)
        #expect(text == "# TYPE load gauge\nload 1\n")
    }

    @Test func `a collector sets gauges just before they are read`() {
        let registry = registry
        let gauge = Gauge(label: "pool_waiting", factory: registry)
        registry.beforeRendering { gauge.record(5) }
        registry.beforeRendering { Meter(label: "later", factory: registry).set(1) }
        #expect(text.contains("pool_waiting 5\n"))
        #expect(text.contains("later 1\n"))
    }

    @Test func `nothing is lost when all count at once`() async {
        let registry = registry
        await withTaskGroup { group in
            for _ in 0..<50 {
                group.addTask {
                    for number in 0..<200 {
                        Counter(label: "events", factory: registry).increment()
                        Recorder(label: "sizes", factory: registry).record(number)
                    }
                }
            }
        }
        #expect(text.contains("events_total 10000\n"))
        #expect(text.contains("sizes_count 10000\n"))
        #expect(text.contains("sizes_sum 995000\n"))
    }

    @Test func `values that are not numbers are written as Prometheus reads them`() {
        Meter(label: "a", factory: registry).set(Double.nan)
        Meter(label: "b", factory: registry).set(-Double.infinity)
        Counter(label: "c", factory: registry).increment(by: -5)
        #expect(text == "# TYPE a gauge\na NaN\n# TYPE b gauge\nb -Inf\n# TYPE c_total counter\nc_total 0\n")
    }
}

/// Metrics on a port of their own.
@Suite struct MetricsServerTests {
    @Test func `the separate port has the metrics and nothing else, and the main port has none`() async throws {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let (ports, told) = AsyncStream<Int>.makeStream()
        let server = MetricsServer(
            host: "127.0.0.1",
            port: 0,
            metrics: { "toy 1\n" },
            logger: logger,
            onRunning: { told.yield($0) }
        )
        try await ToyServer.serving(server, ports) { client async throws in
            #expect(try await client.send("GET", "/metrics").text == "toy 1\n")
            for path in ["/", "/healthz", "/api/v1/openapi.json", "/metrics/x"] {
                #expect(try await client.send("GET", path).status == 404)
            }
            #expect(try await client.json("POST", "/metrics", "{}").status == 404)
        }
        try await ToyServer.run([], servesMetrics: false) { client async throws in
            #expect(try await client.send("GET", "/metrics").status == 404)
            #expect(try await client.send("GET", "/healthz").status == 200)
        }
    }
}
