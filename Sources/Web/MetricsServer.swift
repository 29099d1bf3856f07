import Hummingbird
import Kernel
package import Logging
import NIOCore
import ServiceLifecycle

/// Serves the metrics on a port of its own: nothing else answers there, and it can't be reached through the API's port.
package struct MetricsServer: Service {
    private let host: String
    private let port: Int
    private let page: FixedPage
    private let logger: Logger
    private let onRunning: @Sendable (Int) async -> Void

    package init(
        host: String,
        port: Int,
        metrics: @escaping @Sendable () -> String,
        logger: Logger,
        onRunning: @escaping @Sendable (Int) async -> Void = { _ in }
    ) {
        self.host = host
        self.port = port
        page = .metrics(metrics)
        self.logger = logger
        self.onRunning = onRunning
    }

    package func run() async throws {
        let responder = CallbackResponder { [page] (request: Request, _: BasicRequestContext) async throws -> Response in
            guard request.uri.path == "/metrics", request.method == .get || request.method == .head else {
                return Response(status: .notFound)
            }
            return try await page.answer(request)
        }
        let application = Application(
            responder: responder,
            server: .http1(configuration: .init(idleTimeout: .seconds(60))),
            configuration: ApplicationConfiguration(address: .hostname(host, port: port)),
            onServerRunning: { [onRunning] channel in await onRunning(channel.localAddress?.port ?? 0) },
            logger: logger
        )
        try await application.run()
    }
}
