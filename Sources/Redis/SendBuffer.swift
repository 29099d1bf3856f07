import NIOCore
import Synchronization

/// A task waiting for its reply.
struct Waiter: Sendable {
    let continuation: CheckedContinuation<Result<RedisValue, RedisError>, Never>
    let deadline: NIODeadline
}

/// Where tasks leave encoded commands for the event loop, so that all commands of one tick go out in one write. Bytes and waiters are in
/// the same order.
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

    /// A caller that is told `first` must have the event loop take the batch. Without a waiter nobody gets the reply: a subscription.
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

    /// Refuses commands from now on and returns those that were never sent.
    func close() -> [Waiter] {
        state.withLock { state in
            state.isClosed = true
            let waiters = state.batch.waiters
            state.batch = Batch()
            return waiters
        }
    }
}
