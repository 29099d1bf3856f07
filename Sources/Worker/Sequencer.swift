import Foundation
package import Kernel
import Postgres

/// Numbers committed events: without gaps for each tenant, each with a hash over itself and the one before, in which a salted digest stands
/// for the payload. Writers never wait for a number; one sequencer at a time, holding an advisory lock, numbers what it sees committed.
/// Events seen together are numbered in the order of their ids, which is by time.
package struct Sequencer: Sendable {
    /// What a walk along a tenant's chain finds.
    package struct Chain: Sendable, Equatable {
        package let length: Int
        /// The first number whose event does not fit its hash or its place. Nil if the chain is intact.
        package let firstBroken: Int?
        /// How many events have lost personal parts, and with them their salts, to an erasure.
        package var erased = 0
        /// How many are still in the earlier form, in which the chain covers the payload itself.
        package var unsealed = 0
    }

    /// Per tenant and run, so that a flood at one doesn't keep the others waiting.
    private static let batch = 500

    private let door: OperatorDoor

    package init(door: OperatorDoor) {
        self.door = door
    }

    /// Numbers one batch per tenant, and returns how many events that were.
    @discardableResult
    package func number() async throws(Failure) -> Int {
        // The lock is a statement of its own: the next one's snapshot must see all that the lock's last holder committed.
        try await door.upkeep { transaction in
            try await transaction.last([EventLog.lockNumbering, SequencerSQL.number(batch: Self.batch)])[1].affectedRows
        }
    }

    /// How long the oldest event without a number has waited for one.
    func lag() async throws -> Duration {
        let since: Date? = try await door.upkeep(SequencerSQL.oldestUnnumbered).first?("since")
        return .seconds(since.map { max(0, door.clock.now().timeIntervalSince($0)) } ?? 0)
    }

    package func verify(_ tenant: Identifier<Tenant>) async throws(Failure) -> Chain {
        let rows = try await door.upkeep(SequencerSQL.verify(tenant))
        guard let row = rows.first else { return Chain(length: 0, firstBroken: nil) }
        return try reading {
            Chain(
                length: try row("length"),
                firstBroken: try row("first_broken"),
                erased: try row("erased"),
                unsealed: try row("unsealed")
            )
        }
    }
}
