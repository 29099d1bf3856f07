import Synchronization

/// Messages that have been received and wait to be read.
final class SocketMessages: Sendable {
    private struct State {
        var waiting: [String] = []
        var reader: CheckedContinuation<String?, Never>?
        var isOver = false
        var isFull = false
    }

    private let state = Mutex(State())
    private let most: Int
    /// Called when there is room again after there was none.
    private let onRoom: @Sendable () -> Void

    init(most: Int, onRoom: @escaping @Sendable () -> Void) {
        self.most = most
        self.onRoom = onRoom
    }

    /// False when no more should come for now.
    func add(_ message: String) -> Bool {
        let (reader, hasRoom) = state.withLock { state in
            if let reader = state.reader {
                state.reader = nil
                return (Optional(reader), true)
            }
            state.waiting.append(message)
            state.isFull = state.waiting.count >= most
            return (nil, !state.isFull)
        }
        reader?.resume(returning: message)
        return hasRoom
    }

    func finish() {
        let reader = state.withLock { state in
            state.isOver = true
            defer { state.reader = nil }
            return state.reader
        }
        reader?.resume(returning: nil)
    }

    /// Nil once there are no more, or when the task is canceled. For one reader.
    func next() async -> String? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let (answer, isThere, hasRoom) = state.withLock { state -> (String?, Bool, Bool) in
                    if !state.waiting.isEmpty {
                        let message = state.waiting.removeFirst()
                        let hasRoom = state.isFull && state.waiting.count <= most / 4
                        if hasRoom { state.isFull = false }
                        return (message, true, hasRoom)
                    }
                    if state.isOver || Task.isCancelled { return (nil, true, false) }
                    state.reader = continuation
                    return (nil, false, false)
                }
                if hasRoom { onRoom() }
                if isThere { continuation.resume(returning: answer) }
            }
        } onCancel: {
            let reader = state.withLock { state in
                defer { state.reader = nil }
                return state.reader
            }
            reader?.resume(returning: nil)
        }
    }
}
