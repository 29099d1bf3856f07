import Foundation
import Kernel
import Synchronization

/// Answers a replayed run's questions with the state of that moment: from the replay's own memory, from the event log, and otherwise from
/// today's state.
final class ReplayHost: Sendable {
    private let event: PastEvent
    private let isBefore: Bool
    private let memory: ReplayMemory
    private let operations: LuaOperations
    private let answers: [String: ReplayAnswer]
    private let today: RuleHost
    private let log: @Sendable (ReplayQuestion) async throws(Failure) -> JSON?
    private let state = Mutex((isApproximate: false, trouble: Failure?.none))

    init(
        _ event: PastEvent,
        isBefore: Bool,
        memory: ReplayMemory,
        operations: LuaOperations,
        answers: [String: ReplayAnswer],
        today: RuleHost,
        log: @escaping @Sendable (ReplayQuestion) async throws(Failure) -> JSON?
    ) {
        self.event = event
        self.isBefore = isBefore
        self.memory = memory
        self.operations = operations
        self.answers = answers
        self.today = today
        self.log = log
    }

    var isApproximate: Bool { state.withLock { $0.isApproximate } }

    /// A failure of ours, not the rule's, that prevented an answer.
    var trouble: Failure? { state.withLock { $0.trouble } ?? today.trouble }

    func answer(_ read: RunnerRead) async -> RunnerAnswer {
        if let remembered = memory.answer(read) { return remembered }
        if let question = question(read) {
            do throws(Failure) {
                let told = if let own = own(question) { own } else { try await log(question) }
                if let told { return .value(await shaped(told, read), entity: operations.entity(ofRead: read.name)) }
            } catch {
                state.withLock { $0.trouble = error }
                return .failure(error.message)
            }
        }
        return await present(read)
    }

    /// What the log tells, plus what else the draft wants, from today.
    private func shaped(_ told: JSON, _ read: RunnerRead) async -> JSON {
        guard let answer = answers[read.name] else { return told }
        guard !answer.lacking.isEmpty, case .value(let today, _) = await present(read) else { return answer.merged(told, nil) }
        return answer.merged(told, today)
    }

    private func present(_ read: RunnerRead) async -> RunnerAnswer {
        state.withLock { $0.isApproximate = true }
        return await today.answer(read)
    }

    /// What the event itself tells needs no query of the log.
    private func own(_ question: ReplayQuestion) -> JSON? {
        isBefore || question.kind != event.subject.kind || question.id != event.subject.id ? nil : event.entity
    }

    /// `application(id)` asks for what the log calls an application.
    private func question(_ read: RunnerRead) -> ReplayQuestion? {
        guard let id = read.arguments["id"]?.string.flatMap(UUID.init) else { return nil }
        return ReplayQuestion(kind: read.name, id: id, at: event.cursor, isBefore: isBefore)
    }
}

/// How something was at a moment: just after the event, or before it.
struct ReplayQuestion: Sendable {
    let kind: String
    let id: UUID
    let at: ReplayCursor
    let isBefore: Bool
}
