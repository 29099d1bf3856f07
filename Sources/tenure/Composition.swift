import Administration
import Applications
import Approvals
import Blobs
import Candidates
import Companies
import CompanyLetters
import Documents
import Erasure
import Identity
import InboundMail
import Jobs
import Kernel
import Letters
import Logging
import Mail
import Metrics
import Notifications
import Outbound
import Outbox
import Postgres
import Presence
import Redis
import Resumes
import Rules
import Secrets
import ServiceLifecycle
import Sourcing
import Variables
import Web
import Worker

extension IdentityAuthenticator: Authenticator {}

/// Puts everything together, once, by hand: the only place that knows all capabilities.
struct Composition: Sendable {
    private(set) var settings: Settings
    let logger: Logger
    let store: TenantStore
    let door: OperatorDoor
    let identity: Identity
    let companies: Companies
    let jobs: Jobs
    let applications: Applications
    let resumes: Resumes
    let rules: Rules
    let capabilities: Capabilities
    let vault: Vault
    let blobs: BlobStore
    let blobCheck: BlobCheck
    private let outbound: Outbound
    private let pools: Pools
    private let redis: RedisClient
    private let limiter: RequestLimiter
    private let metrics: MetricsRegistry
    private let worker: Worker
    private let runners: RunnerPool
    private let gate: RuleGate

    var operations: [APIOperation] { capabilities.operations }
    /// How many statements tenants' calls have run.
    var statements: Int { pools.requests.statistics.statements }

    /// `observer` is told of the statements that tenants' calls run. `more` makes capabilities that need nothing but the store.
    init(
        _ settings: Settings,
        metrics: MetricsRegistry,
        passwords: PasswordCost = .standard,
        logger: Logger,
        more: (TenantStore) throws -> [any Capability] = { _ in [] },
        observer: (@Sendable ([SQL]) -> Void)? = nil
    ) async throws {
        self.settings = settings
        self.logger = logger
        self.metrics = metrics
        pools = Pools(settings, observer: observer, logger)
        redis = try RedisClient(url: settings.redisURL, logger: logger)
        vault = Vault(settings.secrets.keys)
        outbound = Outbound(
            AddressPolicy(permits: settings.outbound.permits, isProduction: settings.environment == .production),
            authorities: settings.outbound.authorities
        )
        let capabilities = Capabilities()
        self.capabilities = capabilities
        let committed = Signal()
        runners = RunnerPool(executable: "\(settings.programsFolder)/rule-runner", size: settings.rules.runners, log: logger)
        gate = RuleGate(runners: runners, logger: logger)
        store = TenantStore(pool: pools.requests, gate: gate, constraints: capabilities.constraints, committed: committed, logger: logger)
        func makeDoor(on pool: ConnectionPool) -> OperatorDoor {
            OperatorDoor(pool: pool, constraints: capabilities.constraints, committed: committed, logger: logger)
        }
        door = makeDoor(on: pools.operator)
        let heavyDoor = makeDoor(on: pools.heavy)
        blobs = try settings.blobStore(over: outbound)
        let mail = try settings.mail.transport(directory: "\(settings.dataFolder)/mail")

        limiter = RequestLimiter(RateLimiter(client: redis), plan: settings.web.isLimited ? .standard : .unlimited)
        let documents = DocumentReader(programs: settings.programsFolder)
        var made: [any Capability] = []
        func add<Made: Capability>(_ capability: Made) -> Made {
            made.append(capability)
            return capability
        }
        let outbox = add(Outbox(store: store, transport: mail, sender: try settings.mail.from(), mailboxes: try settings.mailboxes()))
        identity = add(
            await Identity(
                store: store,
                door: door,
                hashing: try PasswordHashing(cost: passwords),
                blobs: blobs,
                documents: documents,
                outbox: outbox,
                configuration: .init(secret: settings.identity.secret, publicURL: settings.web.publicURL),
                capabilities: capabilities,
                allowsMail: limiter.refusal(of:)
            )
        )
        resumes = add(Resumes(store: store, blobs: blobs, reader: documents))
        let candidates = add(Candidates(store: store, identity: identity, resumes: resumes, capabilities: capabilities))
        let notifications = add(
            Notifications(store: store, identity: identity, outbox: outbox, company: Applications.company(of:in:))
        )
        let approvals = add(Approvals(store: store, identity: identity, notifications: notifications))
        jobs = add(Jobs(store: store, identity: identity, notifications: notifications, approvals: approvals))
        let letters = add(CompanyLetters(store: store, identity: identity, outbox: outbox))
        applications = add(
            Applications(
                store: store,
                jobs: jobs,
                candidates: candidates,
                identity: identity,
                notifications: notifications,
                letters: letters,
                outbox: outbox,
                approvals: approvals,
                ruleNames: Rules.names(ofVersions:in:)
            )
        )
        _ = add(InboundMail(store: store, documents: documents, outbox: outbox, applications: applications))
        companies = add(
            Companies(store: store, identity: identity, notifications: notifications, hasApplied: applications.hasApplied)
        )
        _ = add(
            Sourcing(
                store: store,
                identity: identity,
                companies: companies,
                candidates: candidates,
                applications: applications,
                resumes: resumes
            )
        )
        let administration = add(
            Administration(
                store: store,
                door: door,
                identity: identity,
                capabilities: capabilities,
                ruleNames: Rules.names(ofVersions:in:)
            )
        )
        _ = add(Presence(redis: redis, clock: store.clock, capabilities: capabilities))
        rules = add(
            Rules(
                store: store,
                door: door,
                gate: gate,
                exports: "\(settings.dataFolder)/exports",
                outcomes: jobs.outcomes(for:),
                post: Self.alarmPost(identity, outbox, settings)
            )
        )
        _ = add(
            Erasure(
                store: store,
                door: heavyDoor,
                identity: identity,
                administration: administration,
                applications: applications,
                notifications: notifications,
                outbox: outbox,
                blobs: blobs,
                publicURL: settings.web.publicURL,
                capabilities: capabilities
            )
        )
        capabilities.learn(made + (try more(store)))
        try gate.learn(capabilities, store: store)
        blobCheck = BlobCheck(door: heavyDoor, blobs: blobs, columns: capabilities.blobs)
        worker = Worker(
            door: makeDoor(on: pools.worker),
            upkeepDoor: makeDoor(on: pools.upkeep),
            handlers: capabilities.work,
            committed: committed,
            listenerURL: settings.listenerDatabaseURL,
            upkeep: [.idempotencyKeys] + capabilities.upkeep,
            logger: logger
        )
        metrics.expectRequests(of: capabilities.operations)
        metrics.beforeRendering { [metrics, runners, pools] in
            pools.record(in: metrics)
            metrics.record(runners.statistics)
        }
    }

    /// For a command: creates everything for `body`, and closes it afterwards.
    static func run<Output>(_ settings: Settings, _ body: (Composition) async throws -> Output) async throws -> Output {
        let composition = try await Composition(settings, metrics: MetricsRegistry(), logger: .toStandardError(settings.logLevel))
        let outcome: Result<Output, any Error>
        do { outcome = .success(try await body(composition)) } catch { outcome = .failure(error) }
        await composition.close()
        return try outcome.get()
    }

    private static func alarmPost(_ identity: Identity, _ outbox: Outbox, _ settings: Settings) -> AlarmPost {
        AlarmPost(publicURL: settings.web.publicURL) { letter, actor in
            for admin in try await identity.tenantAdmins(as: actor) {
                let message = MailMessage(
                    id: "\(letter.id)-\(admin.id)",
                    to: [try MailAddress(admin.email, name: admin.name)],
                    letter.letter.written(on: try await identity.letterhead(for: admin.id, as: actor))
                )
                try await outbox.send(message, as: actor)
            }
        }
    }
}

extension Composition {
    func eventDescriptions() throws -> [EventDescription] {
        try capabilities.all.types.flatMap { type in
            try type.events.map { try EventDescription($0) } + type.proposals.map { try EventDescription($0) }
        }
    }

    /// The server and everything that runs next to it, in the order of starting; they stop in reverse.
    func services(onRunning: @escaping @Sendable (Int) async -> Void = { _ in }) throws -> [any Service] {
        [
            Running { await redis.run() },
            Running { await limiter.run() },
            Running { await identity.authenticator.run(listeningTo: settings.listenerDatabaseURL, logger: logger) },
            Running { await gate.run(listeningTo: settings.listenerDatabaseURL) },
            Running { await sweepBlobs() },
            worker,
            try server(onRunning),
        ] + metricsServers
    }

    private func sweepBlobs() async {
        await blobCheck.runDaily { outcome in
            switch outcome {
            case .success(let outcome):
                logger.info("swept files that no row names", metadata: ["blobs": "\(outcome.blobs)", "deleted": "\(outcome.deleted)"])
                if !outcome.missing.isEmpty {
                    logger.error("files are missing; tenure check-blobs names them", metadata: ["missing": "\(outcome.missing.count)"])
                }
            case .failure(let error): logger.error("the sweep of files failed", metadata: ["error": "\(error)"])
            }
        }
    }

    private func server(_ onRunning: @escaping @Sendable (Int) async -> Void) throws -> WebServer {
        try WebServer(
            configuration: WebConfiguration(settings.web, uploadDirectory: "\(settings.dataFolder)/uploads"),
            operations: operations,
            events: try eventDescriptions(),
            glossary: capabilities.glossary,
            ownPages: capabilities.pages,
            authenticator: identity.authenticator,
            store: store,
            limiter: limiter,
            health: healthChecks,
            metrics: settings.web.metricsPort == nil ? renderMetrics : nil,
            logger: logger,
            onRunning: onRunning
        )
    }

    private var metricsServers: [any Service] {
        guard let port = settings.web.metricsPort else { return [] }
        return [MetricsServer(host: settings.web.metricsHost, port: port, metrics: renderMetrics, logger: logger)]
    }

    private var renderMetrics: @Sendable () -> String { { [metrics] in PrometheusText.render(metrics) } }

    private var healthChecks: [HealthCheck] {
        [
            HealthCheck("postgres", isRequired: true) { [pools] in
                do {
                    _ = try await pools.requests.query("SELECT 1")
                    return .ok
                } catch {
                    return .failed("PostgreSQL does not answer.")
                }
            },
            HealthCheck("redis", isRequired: false) { [redis] in
                redis.isConnected ? .ok : .degraded("Limits are local, presence is unknown.")
            },
        ]
    }

    /// A port other than the environment's; 0 lets the system choose.
    mutating func listen(onPort port: Int) {
        settings.web.port = port
    }

    func close() async {
        await runners.close()
        await pools.close()
        await outbound.close()
    }
}

extension Settings {
    /// Nil if no mail comes in.
    func mailboxes() throws -> Mailboxes? {
        try mail.inboundDomain.map { try Mailboxes(domain: $0, secret: identity.secret) }
    }

    fileprivate func blobStore(over outbound: Outbound) throws -> BlobStore {
        let folder = "\(dataFolder)/blobs"
        guard let bucket = blobs.bucket else { return try BlobStore(directory: folder) }
        return try BlobStore(bucket: bucket, over: outbound, drafts: "\(folder)/drafts")
    }
}

/// A service from a function that returns when its task is canceled.
private struct Running: Service {
    let body: @Sendable () async -> Void

    init(_ body: @escaping @Sendable () async -> Void) {
        self.body = body
    }

    func run() async throws {
        await cancelWhenGracefulShutdown { await body() }
    }
}
