import ArgumentParser
import Kernel
import Logging
import Postgres
import Secrets

struct RotateSecrets: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate-secrets",
        abstract: "Re-encrypt every secret with the first key of TENURE_SECRET_KEYS.",
        discussion: """
            Put the new key first in TENURE_SECRET_KEYS, keep the old ones behind it, and
            restart the servers; then run this. Servers may go on meanwhile. Once it says
            that a key has no secrets left, that key can be taken out. Ends with status 1
            where a secret can't be opened.
            """
    )

    func run() async throws {
        let settings = try Settings()
        let pool = ConnectionPool(.init(url: settings.operatorDatabaseURL), logger: .toStandardError(settings.logLevel))
        let outcome: SecretRotation.Outcome
        do {
            outcome = try await SecretRotation(door: OperatorDoor(pool: pool), ring: settings.secrets.keys).run()
            await pool.close()
        } catch {
            await pool.close()
            throw error
        }
        for line in outcome.lines(settings.secrets.keys) { print(line) }
        if !outcome.unopened.isEmpty { throw ExitCode(1) }
    }
}

extension SecretRotation.Outcome {
    func lines(_ ring: KeyRing) -> [String] {
        var lines = ["\(rotated) re-encrypted with the key '\(ring.current)'."]
        for id in Set(ring.ids + keysInUse.keys).sorted() {
            let count = keysInUse[id] ?? 0
            lines.append("\(id): \(count) secrets\(count == 0 && id != ring.current ? "; this key can be removed" : "")")
        }
        return lines + unopened.map { "NOT DECRYPTED: \($0)" }
    }
}
