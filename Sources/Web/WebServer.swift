import Hummingbird
package import Kernel
package import Logging
import NIOCore
import ServiceLifecycle

/// HTTP for everything that is declared: routes, documentation, limits, idempotency. It knows operations and nothing about recruiting.
package struct WebServer: Service {
    private let configuration: WebConfiguration
    private let responder: APIResponder
    private let logger: Logger
    private let onRunning: @Sendable (Int) async -> Void

    /// - Parameters:
    /// - metrics: renders the process's metrics in Prometheus' text format; nil if they have a port of their own.
    ///   - onRunning: is told the port once the server listens.
    package init(
        configuration: WebConfiguration,
        operations: [APIOperation],
        events: [EventDescription] = [],
        glossary: Glossary = Glossary(),
        ownPages: [WebPage] = [],
        authenticator: any Authenticator,
        store: TenantStore,
        limiter: RequestLimiter,
        health: [HealthCheck],
        metrics: (@Sendable () -> String)?,
        logger: Logger,
        onRunning: @escaping @Sendable (Int) async -> Void = { _ in }
    ) throws {
        var pages = FixedPages()
        pages.addHealth(health)
        if let metrics { pages.addMetrics(metrics) }
        try pages.addDocumentation(
            OpenAPIDocument(operations: operations, events: events, glossary: glossary, server: configuration.publicURL)
        )
        if let folder = configuration.console { try pages.addConsole(folder: folder) }
        try pages.add(ownPages)
        responder = APIResponder(
            configuration: configuration,
            routes: RouteTable(operations.map(Endpoint.init)),
            pages: pages,
            authenticator: authenticator,
            limiter: limiter,
            reader: ContentReader(configuration: configuration),
            answers: StoredAnswers(store: store, operations: operations),
            headers: FixedHeaders(configuration),
            log: RequestLog(logger: logger),
            clock: store.clock
        )
        self.configuration = configuration
        self.logger = logger
        self.onRunning = onRunning
    }

    /// Serves until graceful shutdown: then it takes no new connections and lets running requests end.
    package func run() async throws {
        let clock = responder.clock
        try UploadSpool.prepare(configuration.uploadDirectory)
        let application = Application(
            responder: responder,
            server: .http1(
                configuration: .init(
                    additionalChannelHandlers: [
                        RequestGuardInstaller(configuration.pace, clock: clock),
                        SocketUpgrade(configuration.socketPace),
                        ContinueHandler(limit: configuration.maximumUpload + ContentReader.formOverhead),
                    ],
                    idleTimeout: .seconds(60),
                    httpDecoderConfiguration: .init(maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 32 << 10, maxHeaderFieldCount: 100)
                )
            ),
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port),
                backlog: 1024
            ),
            onServerRunning: { [onRunning] channel in await onRunning(channel.localAddress?.port ?? 0) },
            logger: logger
        )
        try await application.run()
    }
}
