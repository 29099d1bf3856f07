package import Foundation

/// Background work: a payload that names what to do. It is enqueued by the transaction that makes it necessary, done at least once,
/// and so must be idempotent by the ids it carries. It runs on a thread of its own, where it may compute; what waits ends when its task is canceled.
package protocol Work: Codable, Sendable {
    /// `resumes.parse`: capability, dot, verb.
    static var name: String { get }
    /// After so many failed attempts the piece is a dead letter.
    static var attempts: Int { get }
    /// An attempt that takes longer is stopped.
    static var timeout: Duration { get }
}

extension Work {
    package static var attempts: Int { 10 }
    package static var timeout: Duration { .seconds(120) }
}

/// A work's declaration: what the worker calls for a payload of this type.
package struct WorkHandler: Sendable {
    package let name: String
    package let attempts: Int
    package let timeout: Duration
    package let perform: @Sendable (Data, SystemActor) async throws -> Void

    package init<W: Work>(_ perform: @escaping @Sendable (W, SystemActor) async throws -> Void) {
        name = W.name
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
