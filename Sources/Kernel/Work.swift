package import Foundation

/// Which workers do an item. Each lane has its own, so that slow work in one delays nothing in another.
package enum Lane: String, CaseIterable, Sendable {
    /// Needs only the database, the rules and little time.
    case quick
    /// Talks to a mail server.
    case mail
    /// Talks to other servers.
    case network
    /// Takes long, or much processor time: documents, exports, replays.
    case heavy

    /// How long an attempt may take, unless the work declares its own time-out.
    package var timeout: Duration {
        switch self {
        case .quick, .mail, .network: .seconds(60)
        case .heavy: .seconds(600)
        }
    }
}

/// Background work: a payload that names what to do. It is enqueued by the transaction that makes it necessary and done at least once, so
/// it must be idempotent by the ids it carries. It runs on a thread of its own, where it may compute; its waits end when its task is
/// canceled.
package protocol Work: Codable, Sendable {
    /// `resumes.parse`: capability, dot, verb.
    static var name: String { get }
    static var lane: Lane { get }
    /// After this many failed attempts the item is a dead letter.
    static var attempts: Int { get }
    /// An attempt that takes longer is canceled, and counts.
    static var timeout: Duration { get }
}

extension Work {
    package static var attempts: Int { 10 }
    package static var timeout: Duration { lane.timeout }
}

/// Declares a kind of work: what the worker calls for a payload of this type.
package struct WorkHandler: Sendable {
    package let name: String
    package let lane: Lane
    package let attempts: Int
    package let timeout: Duration
    package let perform: @Sendable (Data, SystemActor) async throws -> Void

    package init<W: Work>(_ perform: @escaping @Sendable (W, SystemActor) async throws -> Void) {
        name = W.name
        lane = W.lane
        attempts = W.attempts
        timeout = W.timeout
        self.perform = { payload, actor in try await perform(Wire.decode(W.self, from: payload), actor) }
    }
}

/// When and how work is to be done.
package struct WorkOptions: Sendable {
    /// Lower goes first.
    package var priority = 100
    package var notBefore: Date?
    /// While an item with this key waits, another is not added.
    package var uniqueKey: String?

    package init(priority: Int = 100, notBefore: Date? = nil, uniqueKey: String? = nil) {
        self.priority = priority
        self.notBefore = notBefore
        self.uniqueKey = uniqueKey
    }
}
