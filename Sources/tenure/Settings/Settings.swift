import Blobs
import Foundation
import Logging
import Outbound
import Postgres
import Secrets
import Variables

/// The settings from the environment; deploy/environment.md lists every variable with its default, and is printed from these declarations.
struct Settings: Sendable {
    enum Environment: String, Sendable, CaseIterable {
        case development, production
    }

    enum LogFormat: String, Sendable, CaseIterable {
        case text, json
    }

    var environment: Environment
    var databaseURL: String
    /// Without any pooler: LISTEN needs a session of its own.
    var listenerDatabaseURL: String
    var operatorDatabaseURL: String
    var ownerDatabaseURL: String
    var redisURL: String
    var smtpURL: String?
    var mailFrom: String
    var host: String
    var port: Int
    /// Where `/metrics` is served; nil means on the main port.
    var metricsPort: Int?
    var metricsHost: String
    var publicURL: String
    var corsOrigins: [String]
    var trustedProxies: [String]
    /// Private hosts and ranges that addresses from strangers may lead to.
    var outboundPermits: [AddressPolicy.Permit]
    /// Certificates to trust, in addition to the system's, when this server calls others.
    var outboundAuthorities: String?
    var secret: String
    /// The keys that encrypt secrets in the database.
    var secretKeys: KeyRing
    var dataFolder: String
    /// Where files go; nil means a folder inside `dataFolder`.
    var bucket: BucketAddress?
    /// Where the admin console's files are; nil serves none.
    var consoleFolder: String?
    var migrationsFolder: String
    var poolSize: Int
    var preparedStatements: PreparedStatements
    /// Where the programs are that the server starts: `rule-runner`, `fence`, `document-reader`, `picture-reader`.
    var programsFolder: String
    var ruleRunners: Int
    var systemAdminEmail: String?
    var systemAdminPassword: String?
    var isLimited: Bool
    var logLevel: Logger.Level
    var logFormat: LogFormat

    init(_ environment: [String: String] = ProcessInfo.processInfo.environment) throws {
        try self.init(SettingsReader(environment))
    }

    init(_ read: SettingsReader) throws {
        environment = try read(Serving.environment)
        databaseURL = try read(Database.url)
        listenerDatabaseURL = try read(Database.listenerURL) ?? databaseURL
        operatorDatabaseURL = try read(Database.operatorURL)
        ownerDatabaseURL = try read(Database.ownerURL)
        redisURL = try read(Database.redisURL)
        smtpURL = try read(Post.smtpURL)
        mailFrom = try read(Post.sender)
        host = try read(Serving.host)
        port = try read(Serving.port)
        metricsPort = try read(Serving.metricsPort)
        metricsHost = try read(Serving.metricsHost)
        publicURL = try Serving.publicURL(read)
        corsOrigins = try read(Serving.corsOrigins)
        trustedProxies = try read(Serving.trustedProxies)
        outboundPermits = try read(Safety.permits)
        outboundAuthorities = try read(Safety.authorities)
        secret = try read(Safety.secret)
        secretKeys = try read(Safety.keys)
        dataFolder = try read(Files.data)
        bucket = try Self.bucket(read)
        consoleFolder = try read(Serving.console) ?? (FileManager.default.fileExists(atPath: "admin/index.html") ? "admin" : nil)
        migrationsFolder = try read(Database.migrations)
        poolSize = try read(Database.poolSize)
        preparedStatements = try read(Database.statements)
        programsFolder = try read(Serving.programs) ?? Settings.folderOfThisProgram
        ruleRunners = try read(Serving.ruleRunners)
        systemAdminEmail = try read(Safety.adminEmail)
        systemAdminPassword = try read(Safety.adminPassword)
        isLimited = try read(Serving.limits)
        logLevel = try read(Logs.level)
        logFormat = try read(Logs.format) ?? (environment == .production ? .json : .text)
    }

    private static func bucket(_ read: SettingsReader) throws(SettingsError) -> BucketAddress? {
        let (address, id, secret) = (try read(Files.bucket), try read(Files.bucketKey), try read(Files.bucketSecret))
        guard let address else { return nil }
        guard let id, let secret else {
            throw SettingsError(description: "\(Files.bucket.name): It needs \(Files.bucketKey.name) and \(Files.bucketSecret.name).")
        }
        do throws(BucketAddress.Problem) {
            return try BucketAddress(address, keys: BucketAddress.Keys(id: id, secret: secret))
        } catch {
            throw SettingsError(description: "\(Files.bucket.name): \(error)")
        }
    }

    /// Only for trying Tenure; production refuses it.
    static let developmentSecret = "development-only-secret-that-production-refuses"

    private static var folderOfThisProgram: String {
        let program = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
        return URL(fileURLWithPath: program).deletingLastPathComponent().path
    }
}
