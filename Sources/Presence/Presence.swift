import Foundation
package import Kernel
package import Redis

/// Who is here right now. Kept only in Redis: it may be lost, and is unavailable while Redis is.
package struct Presence: Capability {
    let redis: RedisClient
    let clock: Clock
    let capabilities: Capabilities

    package init(redis: RedisClient, clock: Clock, capabilities: Capabilities) {
        self.redis = redis
        self.clock = clock
        self.capabilities = capabilities
    }

    package static var part: APIPart { .communication }
    package static var limits: [LimitClass] { [.presence] }

    /// A state lasts for two missed heartbeats of the recommended 45 s; when somebody was last here is kept for 30 days.
    static let stateLifetime = Duration.seconds(90)
    static let memory = Duration.seconds(30 * 24 * 3600)

    func stateKey(_ user: Identifier<User>, _ tenant: Identifier<Tenant>) -> String { "{\(tenant)}:presence:state:\(user)" }
    func lastKey(_ user: Identifier<User>, _ tenant: Identifier<Tenant>) -> String { "{\(tenant)}:presence:last:\(user)" }
}
