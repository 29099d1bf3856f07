import Synchronization

/// Lets a limited number of requests go to one host at once; a limited number waits, in order.
final class HostGate: Sendable {
    private struct Waiter {
        let id: Int
        let turn: CheckedContinuation<Bool, Never>
    }

    private struct Line {
        var inside = 0
        var waiting: [Waiter] = []
    }

    private struct State {
        var lines: [HostName: Line] = [:]
        var next = 0
    }

    private let width: Int
    private let waiting: Int
    private let state = Mutex(State())

    init(width: Int, waiting: Int) {
        self.width = width
        self.waiting = waiting
    }

    func pass<Output>(_ host: HostName, _ body: () async throws -> Output) async throws -> Output {
        guard await enter(host) else { throw Task.isCancelled ? OutboundError.timedOut(host: host.text) : .busy(host: host.text) }
        defer { leave(host) }
        return try await body()
    }

    private func enter(_ host: HostName) async -> Bool {
        let id = state.withLock { state in
            state.next += 1
            return state.next
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { turn in
                let answer: Bool? = state.withLock { state in
                    if Task.isCancelled { return false }
                    var line = state.lines[host] ?? Line()
                    guard line.inside >= width else {
                        line.inside += 1
                        state.lines[host] = line
                        return true
                    }
                    guard line.waiting.count < waiting else { return false }
                    line.waiting.append(Waiter(id: id, turn: turn))
                    state.lines[host] = line
                    return nil
                }
                if let answer { turn.resume(returning: answer) }
            }
        } onCancel: {
            let waiter: Waiter? = state.withLock { state in
                guard let index = state.lines[host]?.waiting.firstIndex(where: { $0.id == id }) else { return nil }
                return state.lines[host]?.waiting.remove(at: index)
            }
            waiter?.turn.resume(returning: false)
        }
    }

    private func leave(_ host: HostName) {
        let next: Waiter? = state.withLock { state in
            guard var line = state.lines[host] else { return nil }
            // The slot goes to the next in line; nobody can take it in between.
            let next = line.waiting.isEmpty ? nil : line.waiting.removeFirst()
            if next == nil { line.inside -= 1 }
            state.lines[host] = line.inside == 0 ? nil : line
            return next
        }
        next?.turn.resume(returning: true)
    }
}
