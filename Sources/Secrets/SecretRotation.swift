import Foundation
package import Kernel
import Postgres

/// Re-encrypts every secret with the ring's first key, one batch per transaction, while servers keep running: they decrypt with any key of
/// the ring.
package struct SecretRotation: Sendable {
    package struct Outcome: Sendable, Equatable {
        package var rotated = 0
        /// What no key of the ring decrypts: its place and why.
        package var unopened: [String] = []
        /// How many secrets each key encrypts now.
        package var keysInUse: [String: Int] = [:]
    }

    private static let batch = 200

    private let door: OperatorDoor
    private let ring: KeyRing

    package init(door: OperatorDoor, ring: KeyRing) {
        self.door = door
        self.ring = ring
    }

    package func run() async throws -> Outcome {
        var outcome = Outcome()
        var last: SecretPlace?
        repeat {
            let step = try await rotate(after: last)
            outcome.rotated += step.rotated
            outcome.unopened += step.unopened
            last = step.last
        } while last != nil
        for row in try await door.upkeep(SecretQueries.keysInUse) {
            outcome.keysInUse[try row("key_id")] = try row("count")
        }
        return outcome
    }

    private struct Step: Sendable {
        var rotated = 0
        var unopened: [String] = []
        var last: SecretPlace?
    }

    private func rotate(after last: SecretPlace?) async throws(Failure) -> Step {
        try await door.upkeep { [ring] tx in
            var step = Step()
            for row in try await tx.query(SecretQueries.underOtherKeys(than: ring.current, after: last, limit: Self.batch)) {
                let place = try SecretPlace(row)
                step.last = place
                let sealed = try SealedSecret(row)
                do throws(SecretError) {
                    tx.queue(SecretQueries.reseal(try ring.seal(ring.open(sealed, at: place), at: place), at: place))
                    step.rotated += 1
                } catch {
                    step.unopened.append("\(place.tenant) \(place.table) \(place.row.uuidString.lowercased()) \(place.name): \(error)")
                }
            }
            return step
        }
    }
}
