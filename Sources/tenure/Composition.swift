import Administration
import Applications
import Blobs
import Candidates
import Companies
import Documents
import Identity
import Jobs
import Kernel
import Logging
import Mail
import Metrics
import Notifications
import Outbox
import Postgres
import Presence
import Redis
import Resumes
import Rules
import ServiceLifecycle
import Web
import Worker

extension IdentityAuthenticator: Authenticator {}

/// Everything put together, once, by hand: the only place that knows all rooms.
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
    private let outbox: Outbox
    let rules: Rules
    let capabilities: [any Capability]
    private let pool: ConnectionPool
    private let operatorPool: ConnectionPool
    private let redis: RedisClient
    private let limiter: RequestLimiter
    private let metrics: MetricsRegistry
    private let worker: Worker
    private let runners: RunnerPool
    private let gate: RuleGate

    var operations: [Operation] { capabilities.flatMap(\.operations) }

    init(_ settings: Settings, metrics: MetricsRegistry, passwords: PasswordCost = .standard, logger: Logger) async throws {
        self.settings = settings
        self.logger = logger
        self.metrics = metrics
        pool = ConnectionPool(settings.poolConfiguration(settings.databaseURL, "tenure"), logger: logger)
        operatorPool = ConnectionPool(settings.poolConfiguration(settings.operatorDatabaseURL, "tenure-operator", size: 2), logger: logger)
        redis = try RedisClient(url: settings.redisURL, logger: logger)
        let constraints = Self.constraints
        let committed = Signal()
        runners = RunnerPool(executable: "\(settings.programsFolder)/rule-runner", size: settings.ruleRunners, log: logger)
        gate = RuleGate(runners: runners, logger: logger)
        store = TenantStore(pool: pool, gate: gate, constraints: constraints, committed: committed)
        door = OperatorDoor(pool: operatorPool, constraints: constraints, committed: committed)
        let blobs = try BlobStore(directory: "\(settings.dataFolder)/blobs")
        let mail = try MailSettings(smtpURL: settings.smtpURL, directory: "\(settings.dataFolder)/mail", sender: settings.mailFrom)
            .transport()

        outbox = Outbox(store: store, transport: mail)
        let documents = DocumentReader(programs: settings.programsFolder)
        resumes = Resumes(store: store, blobs: blobs, reader: documents)
        var identity = await Identity(
            store: store,
            door: door,
            hashing: try PasswordHashing(cost: passwords),
            blobs: blobs,
            documents: documents,
            outbox: outbox,
            configuration: .init(secret: settings.secret, publicURL: settings.publicURL)
        )
        let resumeLimits = Tier.allCases.reduce(into: [Tier: Int]()) { $0[$1] = ResumePlan.limit($1) }
        limiter = RequestLimiter(RateLimiter(client: redis), plan: settings.isLimited ? .standard : .unlimited)
        identity.allowsMail = limiter.refusal(of:)
        identity.meters = [.init("resumes", limits: resumeLimits, count: resumes.count(of:))]
        let candidates = Candidates(store: store, identity: identity, resumes: resumes)
        jobs = Jobs(store: store)
        let applications = Applications(
            store: store,
            jobs: jobs,
            candidates: candidates,
            identity: identity,
            outbox: outbox,
            ruleNames: Rules.names(ofVersions:in:)
        )
        self.applications = applications
        identity.personalData = [
            PersonalDataSource("candidate", collect: candidates.export), PersonalDataSource("applications", collect: applications.export),
        ]
        identity.visibleUsers = applications.visible(_:to:)
        self.identity = identity
        let notifications = Notifications(store: store, identity: identity, outbox: outbox, company: applications.company(of:in:))
        companies = Companies(store: store, identity: identity, notifications: notifications, hasApplied: applications.hasApplied)
        let administration = Administration(
            store: store,
            door: door,
            identity: identity,
            catalogue: Self.types.flatMap { $0.events },
            countedTables: ["users", "events", "jobs", "applications"],
            ruleNames: Rules.names(ofVersions:in:)
        )
        let presence = Presence(redis: redis, clock: store.clock, knownUsers: applications.visible(_:to:))
        rules = try Rules(
            store: store,
            door: door,
            gate: gate,
            events: Self.types.flatMap { $0.events },
            proposals: Self.types.flatMap { $0.proposals },
            exports: "\(settings.dataFolder)/exports",
            standings: jobs.standings(for:),
            post: Self.alarmPost(identity, outbox, settings)
        )
        capabilities = [
            identity, presence, companies, candidates, resumes, jobs, applications, notifications, outbox, administration, rules,
        ]
        gate.learn(capabilities.flatMap(\.operations), store: store)
        worker = Worker(
            door: door,
            handlers: capabilities.flatMap(\.work),
            committed: committed,
            listenerURL: settings.databaseURL,
            upkeep: [
                .idempotencyKeys, Upkeep("rule receipts", statement: Rules.expiredReceipts),
                Upkeep("replays", statement: Rules.expiredReplays),
                Upkeep("rule trials", statement: Rules.expiredTrials),
                Upkeep("sessions", statement: Identity.endedSessions), Upkeep("refresh tokens", statement: Identity.expiredRefreshTokens),
                Upkeep("password resets", statement: Identity.expiredResets),
                Upkeep("mails", statement: Outbox.expiredMails),
                Upkeep("rule vocabulary", statement: rules.rememberVocabulary), Upkeep("rule effects", statement: Rules.expiredEffects),
            ],
            logger: logger
        )
    }

    /// What each capability declares without being made: read before there is a store.
    private static let types: [any Capability.Type] = [
        Identity.self, Presence.self, Companies.self, Candidates.self, Resumes.self, Jobs.self, Applications.self, Notifications.self,
        Outbox.self, Administration.self, Rules.self,
    ]

    private static var constraints: [String: Failure] {
        types.reduce(into: [:]) { all, type in all.merge(type.constraints) { first, _ in first } }
    }

    private static func alarmPost(_ identity: Identity, _ outbox: Outbox, _ settings: Settings) -> AlarmPost {
        AlarmPost(publicURL: settings.publicURL) { letter, actor in
            for admin in try await identity.tenantAdmins(as: actor) {
                let message = MailMessage(
                    id: "\(letter.id)-\(admin.id)",
                    to: [try MailAddress(admin.email, name: admin.name)],
                    subject: letter.subject,
                    text: letter.text,
                    html: letter.html
                )
                try await outbox.send(message, as: actor)
            }
        }
    }
}

extension Composition {
    static func eventDescriptions() throws -> [EventDescription] {
        try types.flatMap { type in
            try type.events.map { try EventDescription($0) } + type.proposals.map { try EventDescription($0) }
        }
    }

    /// The server and all that runs beside it, in the order they start; they end in reverse.
    func services(onRunning: @escaping @Sendable (Int) async -> Void = { _ in }) throws -> [any Service] {
        [
            Running { await redis.run() },
            Running { await identity.authenticator.run(listeningTo: settings.databaseURL, logger: logger) },
            Running { await gate.run(listeningTo: settings.databaseURL) },
            worker,
            try server(onRunning),
        ] + metricsServers
    }

    private func server(_ onRunning: @escaping @Sendable (Int) async -> Void) throws -> WebServer {
        var configuration = WebConfiguration()
        configuration.host = settings.host
        configuration.port = settings.port
        configuration.publicURL = settings.publicURL
        configuration.console = settings.consoleFolder
        configuration.corsOrigins = settings.corsOrigins
        configuration.uploadDirectory = "\(settings.dataFolder)/uploads"
        configuration.trustedProxies = try settings.trustedProxies.map { text in
            guard let range = AddressRange(text) else {
                throw SettingsError(description: "TENURE_TRUSTED_PROXIES: '\(text)' is no address or CIDR range.")
            }
            return range
        }
        return try WebServer(
            configuration: configuration,
            operations: operations,
            events: try Self.eventDescriptions(),
            authenticator: identity.authenticator,
            store: store,
            limiter: limiter,
            health: healthChecks,
            metrics: settings.metricsPort == nil ? renderMetrics : nil,
            logger: logger,
            onRunning: onRunning
        )
    }

    private var metricsServers: [any Service] {
        guard let port = settings.metricsPort else { return [] }
        return [MetricsServer(host: settings.metricsHost, port: port, metrics: renderMetrics, logger: logger)]
    }

    private var renderMetrics: @Sendable () -> String { { [metrics] in PrometheusText.render(metrics) } }

    private var healthChecks: [HealthCheck] {
        [
            HealthCheck("postgres", isRequired: true) { [pool] in
                do {
                    _ = try await pool.query("SELECT 1")
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

    /// Another port than the environment's; 0 lets the system choose.
    mutating func listen(onPort port: Int) {
        settings.port = port
    }

    func close() async {
        await runners.close()
        await pool.close()
        await operatorPool.close()
    }
}

extension Settings {
    fileprivate func poolConfiguration(_ url: String, _ name: String, size: Int? = nil) -> ConnectionPool.Configuration {
        var configuration = ConnectionPool.Configuration(url: url)
        configuration.size = size ?? poolSize
        configuration.preparedStatements = preparedStatements
        configuration.applicationName = name
        return configuration
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
