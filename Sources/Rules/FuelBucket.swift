import Foundation
import Kernel
import Synchronization

/// How many instructions each tenant's rules have spent in the current minute, in this process. Further `on` and `every` runs of a tenant
/// over its share are put off, so that its storm doesn't slow the others.
final class FuelBucket: Sendable {
    /// About 200 full runs.
    static let share = 200_000_000

    private struct Spent {
        var minute: Int
        var instructions: Int
    }

    private let share: Int
    private let spent = Mutex<[Identifier<Tenant>: Spent]>([:])

    init(share: Int = FuelBucket.share) {
        self.share = share
    }

    func spend(_ instructions: Int, for tenant: Identifier<Tenant>, at time: Date = Date()) {
        let minute = Self.minute(time)
        spent.withLock { spent in
            if let present = spent[tenant], present.minute == minute {
                spent[tenant]?.instructions += instructions
            } else {
                spent[tenant] = Spent(minute: minute, instructions: instructions)
            }
        }
    }

    func isEmpty(for tenant: Identifier<Tenant>, at time: Date = Date()) -> Bool {
        spent.withLock { spent in
            guard let present = spent[tenant], present.minute == Self.minute(time) else { return false }
            return present.instructions >= share
        }
    }

    private static func minute(_ time: Date) -> Int { Int(time.timeIntervalSince1970 / 60) }
}
