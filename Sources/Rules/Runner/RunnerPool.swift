import Dispatch
package import Logging
import Synchronization

/// Why no runner could take a run: nothing was executed.
package enum RunnerPoolError: Error, Sendable, Hashable {
    /// All are busy, and stayed so for as long as one may wait.
    case busy
    case closed
    case unstartable(RunnerEnd)
    /// The scripts do not fit into one message.
    case programTooLarge
    case unknownScript
}

/// Runner processes, started ahead. A run goes to one that holds its program already, if one is idle; a process that dies costs its own
/// run alone and is replaced.
package final class RunnerPool: Sendable {
    private struct Idle {
        let process: RunnerProcess
        /// Of the program it holds.
        let key: String?
    }

    private struct Waiter {
        let number: Int
        let continuation: CheckedContinuation<RunnerProcess, any Error>
    }

    private struct State {
        var idle: [Idle] = []
        var living = 0
        var waiters: [Waiter] = []
        var lastNumber = 0
        var isClosed = false
    }

    let executable: String
    private let size: Int
    private let patience: Duration
    private let log: Logger
    private let state = Mutex(State())

    package init(executable: String, size: Int = 2, patience: Duration = .seconds(5), log: Logger) {
        self.executable = executable
        self.size = size
        self.patience = patience
        self.log = log
    }

    /// A pool of its own, for work that must not keep these runners from theirs.
    func another(size: Int) -> RunnerPool {
        RunnerPool(executable: executable, size: size, patience: patience, log: log)
    }

    /// Starts all processes, so that no run has to.
    package func start() async throws(RunnerPoolError) {
        while let isOurs = reserve(), isOurs {
            do throws(RunnerEnd) {
                offer(try await RunnerProcess.start(executable), holding: nil)
            } catch {
                state.withLock { $0.living -= 1 }
                throw .unstartable(error)
            }
        }
    }

    package func close() async {
        let (idle, waiters) = state.withLock { state in
            defer {
                state.isClosed = true
                state.idle = []
                state.waiters = []
            }
            return (state.idle, state.waiters)
        }
        for waiter in waiters { waiter.continuation.resume(throwing: RunnerPoolError.closed) }
        for entry in idle { await entry.process.end() }
    }

    /// Compiles the program and says what it declares.
    package func check(_ program: RunnerProgram) async throws(RunnerPoolError) -> Result<RunnerLoad, RunnerEnd> {
        try await lend(to: program) { process throws(RunnerEnd) in try await process.load(program) }
    }

    /// Runs the handlers of one script for one event.
    package func run(
        _ request: RunnerRequest,
        of program: RunnerProgram,
        host: @escaping RunnerHost = { .failure("\($0.name) cannot be answered here") }
    ) async throws(RunnerPoolError) -> RunnerResult {
        guard program.scriptIDs.contains(request.script) else { throw .unknownScript }
        let result = try await lend(to: program) { process throws(RunnerEnd) in
            try await process.run(request, of: program, host: host)
        }
        switch result {
        case .success(let result): return result
        case .failure(let end): return RunnerResult(outcome: .killed(end))
        }
    }

    private func lend<Value: Sendable>(
        to program: RunnerProgram,
        _ body: (RunnerProcess) async throws(RunnerEnd) -> Value
    ) async throws(RunnerPoolError) -> Result<Value, RunnerEnd> {
        guard program.fits else { throw .programTooLarge }
        let process = try await take(for: program.key)
        do throws(RunnerEnd) {
            let value = try await body(process)
            if await process.isWornOut {
                await process.end()
                replace()
            } else {
                offer(process, holding: program.key)
            }
            return .success(value)
        } catch {
            log.warning("a rule runner ended", metadata: ["program": "\(program.key)", "end": "\(error)"])
            replace()
            return .failure(error)
        }
    }
}

extension RunnerPool {
    private enum Chance {
        case process(RunnerProcess)
        case start
        case wait(number: Int)
    }

    private func take(for key: String) async throws(RunnerPoolError) -> RunnerProcess {
        switch try chance(for: key) {
        case .process(let process): return process
        case .start:
            do throws(RunnerEnd) {
                return try await RunnerProcess.start(executable)
            } catch {
                state.withLock { $0.living -= 1 }
                throw .unstartable(error)
            }
        case .wait(let number): return try await wait(as: number)
        }
    }

    /// Best one that holds the program, then one that holds none, then the one that was idle longest.
    private func chance(for key: String) throws(RunnerPoolError) -> Chance {
        let chance: Chance? = state.withLock { state in
            if state.isClosed { return nil }
            let best =
                state.idle.lastIndex { $0.key == key } ?? state.idle.firstIndex { $0.key == nil } ?? state.idle.indices.first
            if let best { return .process(state.idle.remove(at: best).process) }
            if state.living < size {
                state.living += 1
                return .start
            }
            state.lastNumber += 1
            return .wait(number: state.lastNumber)
        }
        guard let chance else { throw .closed }
        return chance
    }

    private func wait(as number: Int) async throws(RunnerPoolError) -> RunnerProcess {
        let alarm = Task {
            try await Task.sleep(for: patience)
            giveUp(number)
        }
        defer { alarm.cancel() }
        do {
            return try await withTaskCancellationHandler {
                try await withCheckedThrowingContinuation { queue(Waiter(number: number, continuation: $0)) }
            } onCancel: {
                giveUp(number)
            }
        } catch let error as RunnerPoolError {
            throw error
        } catch {
            throw .busy
        }
    }

    /// A process may have come back since, and the caller may have been canceled.
    private func queue(_ waiter: Waiter) {
        let process: RunnerProcess? = state.withLock { state in
            if !state.idle.isEmpty { return state.idle.removeFirst().process }
            state.waiters.append(waiter)
            return nil
        }
        if let process { waiter.continuation.resume(returning: process) } else if Task.isCancelled { giveUp(waiter.number) }
    }

    private func giveUp(_ number: Int) {
        let waiter = state.withLock { state in
            state.waiters.firstIndex { $0.number == number }.map { state.waiters.remove(at: $0) }
        }
        waiter?.continuation.resume(throwing: RunnerPoolError.busy)
    }

    private func offer(_ process: RunnerProcess, holding key: String?) {
        enum Next {
            case serve(Waiter)
            case rest
            case end
        }
        let next: Next = state.withLock { state in
            if state.isClosed { return .end }
            if !state.waiters.isEmpty { return .serve(state.waiters.removeFirst()) }
            state.idle.append(Idle(process: process, key: key))
            return .rest
        }
        switch next {
        case .serve(let waiter): waiter.continuation.resume(returning: process)
        case .rest: break
        case .end: Task { await process.end() }
        }
    }

    /// Counts one more process, if there may be one; nil once closed.
    private func reserve() -> Bool? {
        state.withLock { state in
            if state.isClosed { return nil }
            guard state.living < size else { return false }
            state.living += 1
            return true
        }
    }

    private func replace() {
        state.withLock { $0.living -= 1 }
        Task {
            do throws(RunnerPoolError) {
                try await start()
            } catch {
                log.error("no rule runner can be started", metadata: ["error": "\(error)"])
                for waiter in state.withLock({ state in
                    defer { state.waiters = [] }
                    return state.waiters
                }) {
                    waiter.continuation.resume(throwing: error)
                }
            }
        }
    }
}
