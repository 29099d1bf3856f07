package import Foundation

/// Which hands do a piece of work. Each lane has hands of its own, so that what is slow in one keeps nothing waiting in another.
package enum Lane: String, CaseIterable, Sendable {
    /// Needs the database, the rules and little time.
    case quick
    /// Talks to a mail server.
    case mail
    /// Talks to other servers.
    case network
    /// Takes long, or much of a processor: documents, exports, replays.
    case heavy

    /// How long an attempt may take where the work doesn't say.
    package var timeout: Duration {
        switch self {
        case .quick, .mail, .network: .seconds(60)
        case .heavy: .seconds(600)
        }
    }
}

/// Background work: a payload that names what to do. It is enqueued by the transaction that makes it necessary, done at least once,
/// and so must be idempotent by the ids it carries. It runs on a thread of its own, where it may compute; what waits ends when its task is canceled.
package protocol Work: Codable, Sendable {
    /// `resumes.parse`: capability, dot, verb.
    static var name: String { get }
    static var lane: Lane { get }
    /// After so many failed attempts the piece is a dead letter.
    static var attempts: Int { get }
    /// An attempt that takes longer is canceled, and counts.
    static var timeout: Duration { get }
}

extension Work {
    package static var attempts: Int { 10 }
    package static var timeout: Duration { lane.timeout }
}

/// A work's declaration: what the worker calls for a payload of this type.
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

/// When and how a piece of work is to be done.
package struct WorkOptions: Sendable {
    /// Lower goes first.
    package var priority = 100
    package var notBefore: Date?
    /// While a piece with this key waits, another is not added.
    package var uniqueKey: String?

    package init(priority: Int = 100, notBefore: Date? = nil, uniqueKey: String? = nil) {
        self.priority = priority
        self.notBefore = notBefore
        self.uniqueKey = uniqueKey
    }
}
