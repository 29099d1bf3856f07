import ArgumentParser
import Identity
import Kernel
import Logging
import Metrics
import ServiceLifecycle
import UnixSignals
import Web

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Serve the API and do the background work.")

    func run() async throws {
        Memory.settle()
        let settings = try Settings()
        let logger = Logger.toStandardError(settings.logLevel, settings.logFormat)
        let metrics = MetricsRegistry()
        MetricsSystem.bootstrap(metrics)
        try await StartupChecks(settings).run(logger)
        let composition = try await Composition(settings, metrics: metrics, logger: logger)
        try await composition.identity.bootstrap(try settings.identity.systemAdministrator)
        let services = try composition.services { port in
            logger.info("serving", metadata: ["url": "http://\(settings.web.host):\(port)/api/docs"])
        }
        try await ServiceGroup(
            configuration: .init(
                // A service that can't go on stops the others in order, and the process with an error: its supervisor restarts it.
                services: services.map { .init(service: $0, failureTerminationBehavior: .gracefullyShutdownGroup) },
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: logger
            )
        ).run()
        await composition.close()
    }
}

extension Logger {
    static func toStandardError(_ level: Logger.Level, _ format: Settings.LogFormat = .text) -> Logger {
        var logger = Logger(label: "tenure") { label in
            switch format {
            case .text: StreamLogHandler.standardError(label: label)
            case .json: JSONLogHandler(label: label)
            }
        }
        logger.logLevel = level
        return logger
    }
}
