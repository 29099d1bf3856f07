import Blobs
import Foundation
import Logging
import Outbound
import Postgres
import Secrets

/// What the environment says; deploy/environment.md lists every variable with its default.
struct Settings: Sendable {
    enum Environment: String, Sendable {
        case development, production
    }

    enum LogFormat: String, Sendable {
        case text, json
    }

    var environment: Environment
    var databaseURL: String
    var operatorDatabaseURL: String
    /// Past any pooler: LISTEN belongs to a session of one's own.
    var listenerDatabaseURL: String
    var ownerDatabaseURL: String
    var redisURL: String
    var smtpURL: String?
    var mailFrom: String
    var host: String
    var port: Int
    /// Where `/metrics` is served; nil: at the main port.
    var metricsPort: Int?
    var metricsHost: String
    var publicURL: String
    var corsOrigins: [String]
    var trustedProxies: [String]
    /// What strangers' addresses may lead to although it is private.
    var outboundPermits: [AddressPolicy.Permit]
    /// Certificates to trust besides the system's when this server calls others.
    var outboundAuthorities: String?
    var secret: String
    /// What secrets in the database are kept under.
    var secretKeys: KeyRing
    var dataFolder: String
    /// Where files go; nil: into a folder of `dataFolder`.
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
        let read = Reader(environment: environment)
        self.environment = try read.choice("TENURE_ENVIRONMENT", .development)
        databaseURL = try read.required("DATABASE_URL")
        operatorDatabaseURL = try read.required("OPERATOR_DATABASE_URL")
        listenerDatabaseURL = read.text("LISTENER_DATABASE_URL") ?? databaseURL
        ownerDatabaseURL = read.text("OWNER_DATABASE_URL") ?? ""
        redisURL = read.text("REDIS_URL") ?? "redis://127.0.0.1:6379"
        smtpURL = read.text("SMTP_URL")
        mailFrom = read.text("MAIL_FROM") ?? "Tenure <tenure@localhost.localdomain>"
        host = read.text("TENURE_HOST") ?? "127.0.0.1"
        port = try read.number("TENURE_PORT", 8080)
        metricsPort = read.text("TENURE_METRICS_PORT") == nil ? nil : try read.number("TENURE_METRICS_PORT", 0)
        metricsHost = read.text("TENURE_METRICS_HOST") ?? "127.0.0.1"
        publicURL = read.text("TENURE_PUBLIC_URL") ?? "http://127.0.0.1:\(port)"
        corsOrigins = read.list("TENURE_CORS_ORIGINS")
        trustedProxies = read.list("TENURE_TRUSTED_PROXIES")
        outboundPermits = try read.list("TENURE_OUTBOUND_PERMIT").map { text in
            guard let permit = AddressPolicy.Permit(text) else {
                throw SettingsError(description: "TENURE_OUTBOUND_PERMIT: '\(text)' is no host, address or CIDR range.")
            }
            return permit
        }
        outboundAuthorities = read.text("TENURE_OUTBOUND_AUTHORITIES")
        secret = read.text("TENURE_SECRET") ?? Settings.developmentSecret
        secretKeys =
            try read.text("TENURE_SECRET_KEYS").map { text in
                do throws(KeyRing.Problem) {
                    return try KeyRing(text)
                } catch {
                    throw SettingsError(description: "TENURE_SECRET_KEYS: \(error)")
                }
            } ?? .development
        dataFolder = read.text("TENURE_DATA") ?? ".tenure"
        bucket = try read.text("TENURE_BLOBS").map { text in
            let keys = BucketAddress.Keys(id: try read.required("TENURE_BLOBS_KEY"), secret: try read.required("TENURE_BLOBS_SECRET"))
            do throws(BucketAddress.Problem) {
                return try BucketAddress(text, keys: keys)
            } catch {
                throw SettingsError(description: "TENURE_BLOBS: \(error)")
            }
        }
        consoleFolder = read.text("TENURE_CONSOLE") ?? (FileManager.default.fileExists(atPath: "admin/index.html") ? "admin" : nil)
        migrationsFolder = read.text("TENURE_MIGRATIONS") ?? "Migrations"
        poolSize = try read.number("TENURE_POOL_SIZE", max(4, ProcessInfo.processInfo.activeProcessorCount * 2))
        preparedStatements = read.text("TENURE_STATEMENTS") == "unnamed" ? .unnamed : .named
        programsFolder = read.text("TENURE_PROGRAMS") ?? Settings.folderOfThisProgram
        ruleRunners = try read.number("TENURE_RULE_RUNNERS", 2)
        systemAdminEmail = read.text("TENURE_ADMIN_EMAIL")
        systemAdminPassword = read.text("TENURE_ADMIN_PASSWORD")
        isLimited = read.text("TENURE_LIMITS") != "off"
        logLevel = try read.choice("TENURE_LOG_LEVEL", .info)
        logFormat = try read.choice("TENURE_LOG_FORMAT", self.environment == .production ? .json : .text)
    }

    /// Good enough to try Tenure; production refuses it.
    static let developmentSecret = "development-only-secret-that-production-refuses"

    private static var folderOfThisProgram: String {
        let program = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
        return URL(fileURLWithPath: program).deletingLastPathComponent().path
    }
}

struct SettingsError: Error, CustomStringConvertible {
    let description: String
}

private struct Reader {
    let environment: [String: String]

    func text(_ name: String) -> String? {
        environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    func required(_ name: String) throws -> String {
        guard let text = text(name) else { throw SettingsError(description: "Set \(name); deploy/environment.md says to what.") }
        return text
    }

    func number(_ name: String, _ standard: Int) throws -> Int {
        guard let text = text(name) else { return standard }
        guard let number = Int(text), number > 0 else { throw SettingsError(description: "\(name) must be a positive whole number.") }
        return number
    }

    func choice<Choice: RawRepresentable>(_ name: String, _ standard: Choice) throws -> Choice where Choice.RawValue == String {
        guard let text = text(name) else { return standard }
        guard let choice = Choice(rawValue: text) else { throw SettingsError(description: "\(name) can't be '\(text)'.") }
        return choice
    }

    func list(_ name: String) -> [String] {
        (text(name) ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    }
}
