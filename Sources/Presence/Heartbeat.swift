package import Foundation
package import Kernel
import Redis

enum HeartbeatState: String, Codable, CaseIterable, Sendable {
    case online, away
}

struct Beat: Codable, Sendable {
    let state: HeartbeatState?
}

/// What is known about one user's presence.
package struct PresenceView: Codable, Sendable {
    package enum State: String, Codable, CaseIterable, Sendable {
        case online, away, offline
    }

    package let userId: Identifier<User>
    package let state: State
    package let lastActiveAt: Date?
}

extension Presence {
    func beat(_ input: Beat, by user: SignedIn) async throws(Failure) -> PresenceView {
        let state = input.state ?? .online
        let now = clock.now()
        do {
            try await redis.set(stateKey(user.user, user.tenant), to: .text(state.rawValue), expiresAfter: Self.stateLifetime)
            if state == .online {
                try await redis.set(lastKey(user.user, user.tenant), to: .text(Timestamp.text(now)), expiresAfter: Self.memory)
            }
        } catch {
            throw .presenceUnavailable
        }
        return PresenceView(userId: user.user, state: state == .online ? .online : .away, lastActiveAt: now)
    }
}
