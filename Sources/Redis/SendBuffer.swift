import NIOCore
import Synchronization

/// A task waiting for its answer.
struct Waiter: Sendable {
    let continuation: CheckedContinuation<Result<RedisValue, RedisError>, Never>
    let deadline: NIODeadline
}

/// Where tasks leave encoded commands for the event loop, so that all commands of one tick leave in one write. The order of the bytes is
/// the order of the waiters.
final class SendBuffer: Sendable {
    struct Batch: Sendable {
        var bytes = ByteBuffer()
        var waiters: [Waiter] = []
    }

    enum Admission {
        case first
        case joined
        case closed
    }

    private struct State {
        var batch = Batch()
        var isClosed = false
    }

    private let state = Mutex(State())

    var isOpen: Bool {
        state.withLock { !$0.isClosed }
    }

    /// Whoever is told `first` has to have the batch taken by the event loop. Without a waiter the answer is nobody's: a subscription.
    func add(_ arguments: [RedisArgument], _ waiter: Waiter? = nil) -> Admission {
        state.withLock { state in
            guard !state.isClosed else { return .closed }
            let isFirst = state.batch.bytes.readableBytes == 0
            state.batch.bytes.writeCommand(arguments)
            if let waiter { state.batch.waiters.append(waiter) }
            return isFirst ? .first : .joined
        }
    }

    func take() -> Batch {
        state.withLock { state in
            let batch = state.batch
            state.batch = Batch()
            return batch
        }
    }

    /// Refuses commands from now on and hands back those that never left.
    func close() -> [Waiter] {
        state.withLock { state in
            state.isClosed = true
            let waiters = state.batch.waiters
            state.batch = Batch()
            return waiters
        }
    }
}
