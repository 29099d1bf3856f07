package import Foundation
package import Kernel
package import Postgres

/// What has served its time, as the server's upkeep throws it away. What a user left behind stays for 30 days, for questions about who signed in.
extension Identity {
    private static let memory: TimeInterval = 30 * 86_400

    package var upkeep: [Upkeep] {
        [
            Upkeep("sessions", statement: Self.endedSessions), Upkeep("refresh tokens", statement: Self.expiredRefreshTokens),
            Upkeep("password resets", statement: Self.expiredResets),
        ]
    }

    /// With their refresh tokens.
    package static func endedSessions(_ now: Date) -> SQL {
        "DELETE FROM sessions WHERE last_used_at < \(now - memory - SessionGrant.refreshLifetime)"
    }

    package static func expiredRefreshTokens(_ now: Date) -> SQL {
        "DELETE FROM refresh_tokens WHERE expires_at < \(now - memory)"
    }

    package static func expiredResets(_ now: Date) -> SQL {
        "DELETE FROM password_resets WHERE expires_at < \(now - memory)"
    }
}
