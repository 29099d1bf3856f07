import Blobs
import Foundation
import Identity
import Logging
import Mail
import Outbound
import Postgres
import Rules
import Secrets
import Variables
import Web

/// The settings from the environment, each declared where it is used; deploy/environment.md lists every variable with its default, and is
/// printed from these declarations.
struct Settings: Sendable {
    enum Environment: String, Sendable, CaseIterable {
        case development, production
    }

    enum LogFormat: String, Sendable, CaseIterable {
        case text, json
    }

    let environment: Environment
    let databaseURL: String
    /// Without any pooler: LISTEN needs a session of its own.
    let listenerDatabaseURL: String
    let operatorDatabaseURL: String
    let ownerDatabaseURL: String
    let poolSize: Int
    let preparedStatements: PreparedStatements
    let redisURL: String
    let dataFolder: String
    /// Where the programs are that the server starts: `rule-runner`, `fence`, `document-reader`, `picture-reader`, `mail-reader`.
    let programsFolder: String
    let migrationsFolder: String
    let logLevel: Logger.Level
    let logFormat: LogFormat
    let blobs: BlobSettings
    var web: WebSettings
    let identity: IdentitySettings
    let secrets: SecretsSettings
    let outbound: OutboundSettings
    let mail: MailSettings
    let rules: RulesSettings

    init(_ environment: [String: String] = ProcessInfo.processInfo.environment) throws {
        try self.init(SettingsReader(environment))
    }

    init(_ read: SettingsReader) throws {
        environment = try read(Program.environment)
        databaseURL = try read(Database.url)
        listenerDatabaseURL = try read(Database.listenerURL) ?? databaseURL
        operatorDatabaseURL = try read(Database.operatorURL)
        ownerDatabaseURL = try read(Database.ownerURL)
        poolSize = try read(Database.poolSize)
        preparedStatements = try read(Database.statements)
        redisURL = try read(Database.redisURL)
        dataFolder = try read(Program.data)
        programsFolder = try read(Program.programs) ?? Self.folderOfThisProgram
        migrationsFolder = try read(Program.migrations)
        logLevel = try read(Program.logLevel)
        logFormat = try read(Program.logFormat) ?? (environment == .production ? .json : .text)
        blobs = try BlobSettings(read)
        web = try WebSettings(read)
        identity = try IdentitySettings(read)
        secrets = try SecretsSettings(read)
        outbound = try OutboundSettings(read)
        mail = try MailSettings(read)
        rules = try RulesSettings(read)
    }

    private static var folderOfThisProgram: String {
        let program = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
        return URL(fileURLWithPath: program).deletingLastPathComponent().path
    }
}
