import ArgumentParser
import Kernel
import Logging
import Postgres
import Worker

struct VerifyEvents: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify-events",
        abstract: "Check each tenant's event log: that no entry was changed, added or removed."
    )

    func run() async throws {
        let settings = try Settings()
        let pool = ConnectionPool(.init(url: settings.operatorDatabaseURL), logger: .toStandardError(settings.logLevel))
        let door = OperatorDoor(pool: pool)
        var broken = 0
        for row in try await door.upkeep("SELECT id, code FROM tenants ORDER BY code") {
            let chain = try await Sequencer(door: door).verify(try row("id"))
            let verdict = chain.firstBroken.map { "BROKEN at \($0)" } ?? "sound"
            let remarks = [(chain.erased, "with erased parts"), (chain.unsealed, "in the earlier form")].filter { $0.0 > 0 }
            let counts = [(chain.length, "events")] + remarks
            print("\(try row("code") as String): \(counts.map { "\($0.0) \($0.1)" }.joined(separator: ", ")), \(verdict)")
            if chain.firstBroken != nil { broken += 1 }
        }
        await pool.close()
        if broken > 0 { throw ExitCode(1) }
    }
}
