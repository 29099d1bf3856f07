package import Foundation
import Synchronization

/// Whose document it is: turns are taken by person and by tenant.
package struct DocumentOwner: Hashable, Sendable {
    package let tenant: UUID
    package let person: UUID

    package init(tenant: UUID, person: UUID) {
        self.tenant = tenant
        self.person = person
    }
}

/// Lets as many documents be read at once as there are processors: one per person, half of them per tenant, so that nobody's batch keeps
/// the others from being read. Others wait in line; a line is limited too.
package final class ReadingGate: Sendable {
    package struct Width: Sendable {
        package var process: Int
        package var tenant: Int
        package var person = 1
        /// More than a person uploads at once by hand.
        package var waitingPerPerson = 8
        /// At 20 documents a second, as long as somebody would wait for an answer.
        package var waitingPerTenant = 200

        package init(processors: Int = ProcessInfo.processInfo.activeProcessorCount) {
            process = max(1, processors)
            tenant = max(1, processors / 2)
        }
    }

    private struct Waiter {
        let id: Int
        let owner: DocumentOwner
        let turn: CheckedContinuation<Bool, Never>
    }

    private struct State {
        var line: [Waiter] = []
        var next = 0
        var inside: [DocumentOwner] = []

        func hasRoom(for owner: DocumentOwner, _ width: Width) -> Bool {
            inside.count < width.process && inside.count { $0.tenant == owner.tenant } < width.tenant
                && inside.count { $0 == owner } < width.person
        }

        func mayWait(_ owner: DocumentOwner, _ width: Width) -> Bool {
            line.count { $0.owner == owner } < width.waitingPerPerson
                && line.count { $0.owner.tenant == owner.tenant } < width.waitingPerTenant
        }

        /// Those whose turn it is, in the order they came.
        mutating func admit(_ width: Width) -> [Waiter] {
            var admitted: [Waiter] = []
            var rest: [Waiter] = []
            for waiter in line {
                if hasRoom(for: waiter.owner, width) {
                    inside.append(waiter.owner)
                    admitted.append(waiter)
                } else {
                    rest.append(waiter)
                }
            }
            line = rest
            return admitted
        }
    }

    private let width: Width
    private let state = Mutex(State())

    package init(_ width: Width = Width()) {
        self.width = width
    }

    /// Runs `body` when it is the owner's turn. Throws `tooManyWaiting` if the line is full.
    package func pass<Result: Sendable>(
        _ owner: DocumentOwner,
        _ body: () async throws(DocumentError) -> Result
    ) async throws(DocumentError) -> Result {
        guard await enter(owner) else { throw Task.isCancelled ? .interrupted : .tooManyWaiting }
        defer { leave(owner) }
        return try await body()
    }

    private func enter(_ owner: DocumentOwner) async -> Bool {
        let id = state.withLock { state in
            state.next += 1
            return state.next
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { turn in
                let answer: Bool? = state.withLock { state in
                    if Task.isCancelled { return false }
                    if state.hasRoom(for: owner, width) {
                        state.inside.append(owner)
                        return true
                    }
                    guard state.mayWait(owner, width) else { return false }
                    state.line.append(Waiter(id: id, owner: owner, turn: turn))
                    return nil
                }
                if let answer { turn.resume(returning: answer) }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                state.line.firstIndex { $0.id == id }.map { state.line.remove(at: $0) }
            }
            waiter?.turn.resume(returning: false)
        }
    }

    private func leave(_ owner: DocumentOwner) {
        let admitted = state.withLock { state in
            if let index = state.inside.firstIndex(of: owner) { state.inside.remove(at: index) }
            return state.admit(width)
        }
        for waiter in admitted { waiter.turn.resume(returning: true) }
    }
}
