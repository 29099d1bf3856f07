import Foundation
package import Kernel

/// Deletes what has expired. Traces of a user's sign-ins stay for 30 days, for questions about who signed in.
extension Identity {
    private static let memory: TimeInterval = 30 * 86_400

    package var upkeep: [Upkeep] {
        [
            // With their refresh tokens.
            .expired("sessions", from: "sessions", by: "last_used_at", after: Self.memory + SessionGrant.refreshLifetime),
            .expired("refresh tokens", from: "refresh_tokens", key: "tenant_id, hash", by: "expires_at", after: Self.memory),
            .expired("mailed tokens", from: "password_resets", key: "tenant_id, hash", by: "expires_at", after: Self.memory),
        ]
    }
}
