import Dispatch
package import Logging
import Synchronization

/// Why no runner could take a run: nothing was executed.
package enum RunnerPoolError: Error, Sendable, Hashable {
    /// All were busy for as long as a run may wait.
    case busy
    case closed
    case unstartable(RunnerEnd)
    /// The scripts do not fit into one message.
    case programTooLarge
    case unknownScript
}

/// Runner processes, started in advance. A run goes to an idle one that already holds its program, if there is one; a process that dies
/// loses only its own run and is replaced. One owner's runs never take the last process, so that a tenant's storm doesn't hold up the
/// others.
package final class RunnerPool: Sendable {
    fileprivate struct Idle {
        let process: RunnerProcess
        /// The key of the program it holds.
        let key: String?
    }

    fileprivate struct Waiter {
        let number: Int
        let owner: String
        let continuation: CheckedContinuation<RunnerProcess, any Error>
    }

    fileprivate struct State {
        var idle: [Idle] = []
        /// How many processes each owner's runs are using.
        var busy: [String: Int] = [:]
        var living = 0
        var waiters: [Waiter] = []
        var lastNumber = 0
        var isClosed = false
    }

    package struct Statistics: Sendable, Equatable {
        package let busy: Int
        package let idle: Int
        /// Runs that wait for a process.
        package let waiting: Int
    }

    let executable: String
    private let size: Int
    private let share: Int
    private let patience: Duration
    private let log: Logger
    private let state = Mutex(State())

    /// `share` is how many processes one owner's runs may use at once; if left out: all but one.
    package init(executable: String, size: Int = 2, share: Int? = nil, patience: Duration = .seconds(5), log: Logger) {
        self.executable = executable
        self.size = size
        self.share = share ?? max(1, size - 1)
        self.patience = patience
        self.log = log
    }

    /// A separate pool, for work that must not take these runners; one owner may have all of it.
    func another(size: Int) -> RunnerPool {
        RunnerPool(executable: executable, size: size, share: size, patience: patience, log: log)
    }

    /// Starts all processes, so that no run has to wait for that.
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
        for entry in idle { entry.process.end() }
    }

    package var statistics: Statistics {
        state.withLock { Statistics(busy: $0.busy.values.reduce(0, +), idle: $0.idle.count, waiting: $0.waiters.count) }
    }

    /// Compiles the program and returns what it declares.
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
        let process = try await take(for: program)
        do throws(RunnerEnd) {
            let value = try await body(process)
            if process.isWornOut {
                process.end()
                replace(usedBy: program.owner)
            } else {
                offer(process, holding: program.key, usedBy: program.owner)
            }
            return .success(value)
        } catch {
            log.warning("a rule runner ended", metadata: ["program": "\(program.key)", "end": "\(error)"])
            replace(usedBy: program.owner)
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

    private func take(for program: RunnerProgram) async throws(RunnerPoolError) -> RunnerProcess {
        switch try chance(for: program) {
        case .process(let process): return process
        case .start:
            do throws(RunnerEnd) {
                return try await RunnerProcess.start(executable)
            } catch {
                state.withLock { state in
                    state.living -= 1
                    state.release(program.owner)
                }
                throw .unstartable(error)
            }
        case .wait(let number): return try await wait(as: number, for: program.owner)
        }
    }

    /// Preferably one that holds the program, then one that holds none, then the one idle longest.
    private func chance(for program: RunnerProgram) throws(RunnerPoolError) -> Chance {
        let chance: Chance? = state.withLock { state in
            if state.isClosed { return nil }
            if state.uses(of: program.owner) < share {
                let best =
                    state.idle.lastIndex { $0.key == program.key } ?? state.idle.firstIndex { $0.key == nil } ?? state.idle.indices.first
                if let best {
                    state.busy[program.owner, default: 0] += 1
                    return .process(state.idle.remove(at: best).process)
                }
                if state.living < size {
                    state.living += 1
                    state.busy[program.owner, default: 0] += 1
                    return .start
                }
            }
            state.lastNumber += 1
            return .wait(number: state.lastNumber)
        }
        guard let chance else { throw .closed }
        return chance
    }

    private func wait(as number: Int, for owner: String) async throws(RunnerPoolError) -> RunnerProcess {
        let alarm = Task {
            try await Task.sleep(for: patience)
            giveUp(number)
        }
        defer { alarm.cancel() }
        do {
            return try await withTaskCancellationHandler {
                try await withCheckedThrowingContinuation { queue(Waiter(number: number, owner: owner, continuation: $0)) }
            } onCancel: {
                giveUp(number)
            }
        } catch let error as RunnerPoolError {
            throw error
        } catch {
            throw .busy
        }
    }

    /// A process may have come back meanwhile, and the caller may have been canceled.
    private func queue(_ waiter: Waiter) {
        let process: RunnerProcess? = state.withLock { state in
            if !state.idle.isEmpty, state.uses(of: waiter.owner) < share {
                state.busy[waiter.owner, default: 0] += 1
                return state.idle.removeFirst().process
            }
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

    /// Takes in a process that is new or has finished its run, and gives idle ones to waiting runs.
    private func offer(_ process: RunnerProcess, holding key: String?, usedBy owner: String? = nil) {
        let (served, isOver) = state.withLock { state in
            if let owner { state.release(owner) }
            if state.isClosed { return ([(Waiter, RunnerProcess)](), true) }
            state.idle.append(Idle(process: process, key: key))
            return (state.serve(share), false)
        }
        for (waiter, process) in served { waiter.continuation.resume(returning: process) }
        if isOver { process.end() }
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

    private func replace(usedBy owner: String) {
        state.withLock { state in
            state.living -= 1
            state.release(owner)
        }
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

extension RunnerPool.State {
    fileprivate func uses(of owner: String) -> Int { busy[owner] ?? 0 }

    fileprivate mutating func release(_ owner: String) {
        let left = uses(of: owner) - 1
        busy[owner] = left > 0 ? left : nil
    }

    /// Those with the fewest processes first, then those that have waited longest.
    fileprivate mutating func serve(_ share: Int) -> [(RunnerPool.Waiter, RunnerProcess)] {
        var served: [(RunnerPool.Waiter, RunnerProcess)] = []
        while !idle.isEmpty, let next = waiters.indices.min(by: { uses(of: waiters[$0].owner) < uses(of: waiters[$1].owner) }),
            uses(of: waiters[next].owner) < share
        {
            let waiter = waiters.remove(at: next)
            busy[waiter.owner, default: 0] += 1
            let best = idle.lastIndex { $0.key?.hasPrefix(waiter.owner + "/") == true } ?? idle.startIndex
            served.append((waiter, idle.remove(at: best).process))
        }
        return served
    }
}
