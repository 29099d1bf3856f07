import ArgumentParser
import Logging
import Postgres
import Variables

struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Migrate the database to this version.")

    func run() async throws {
        let settings = try Settings()
        guard !settings.ownerDatabaseURL.isEmpty else {
            throw SettingsError(description: "Set OWNER_DATABASE_URL: migrations run as the owner of the tables.")
        }
        let applied = try await Migrations(directory: settings.migrationsFolder)
            .run(url: settings.ownerDatabaseURL, logger: .toStandardError(settings.logLevel))
        print(applied.isEmpty ? "The database is up to date." : "Applied: \(applied.joined(separator: ", "))")
    }
}
