package import Foundation
import Identity
package import Kernel

package struct ErasureRequested: Event {
    package static let name = "user.erasure_requested"
    package static let summary = "Somebody asked for everything about them to be erased; until `dueAt` they can take that back."
    package static var sample: Self { ErasureRequested(userId: .placeholder, number: 7, dueAt: Date(timeIntervalSince1970: 1_767_258_000)) }
    package let userId: Identifier<User>
    package let number: Int
    package let dueAt: Date
    package var subject: EventSubject { EventSubject("user", userId) }
}

package struct ErasureWithdrawn: Event {
    package static let name = "user.erasure_withdrawn"
    package static let summary = "Somebody took back their request to be erased."
    package static var sample: Self { ErasureWithdrawn(userId: .placeholder, number: 7) }
    package let userId: Identifier<User>
    package let number: Int
    package var subject: EventSubject { EventSubject("user", userId) }
}

package struct ErasurePostponed: Event {
    package static let name = "user.erasure_postponed"
    package static let summary =
        "Somebody can't be erased yet because they alone administer the tenant or a company; it is tried again every day."
    package static var sample: Self { ErasurePostponed(userId: .placeholder, number: 7, dueAt: Date(timeIntervalSince1970: 1_767_344_400)) }
    package let userId: Identifier<User>
    package let number: Int
    package let dueAt: Date
    package var subject: EventSubject { EventSubject("user", userId) }
}

package struct UserErased: Event {
    package static let name = "user.erased"
    package static let summary = "Everything about somebody was erased; the receipt with this `number` says from where."
    package static var sample: Self { UserErased(userId: .placeholder, number: 7, origin: .person) }
    package let userId: Identifier<User>
    package let number: Int
    package let origin: ErasureOrigin
    package var subject: EventSubject { EventSubject("user", userId) }
}
