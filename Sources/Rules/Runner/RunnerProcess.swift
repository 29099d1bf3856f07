import Kernel
import Postgres
import Synchronization

/// One rule-runner process, which serves one tenant at a time; whoever the pool lends it to has it exclusively. Its thread started it, and
/// waits for it when the caller's must not block. After any thrown `RunnerEnd` the process is gone.
final class RunnerProcess: Sendable {
    private struct State {
        var isOver = false
        var loaded: (key: String, load: RunnerLoad)?
        var spent = Duration.zero
    }

    /// Compiling a whole program takes a while.
    private static let loadTime = Duration.seconds(2)
    /// A third of the seconds of CPU after which the kernel ends the process (confine.c).
    private static let serviceLife = Duration.seconds(20)

    private let thread: RunnerThread
    private let channel: RunnerChannel
    private let state = Mutex(State())

    private init(on thread: RunnerThread, _ channel: RunnerChannel) {
        self.thread = thread
        self.channel = channel
    }

    deinit {
        end()
    }

    static func start(_ executable: String) async throws(RunnerEnd) -> RunnerProcess {
        let thread = RunnerThread()
        do throws(RunnerEnd) {
            return RunnerProcess(on: thread, try await thread.perform { () throws(RunnerEnd) in try RunnerChannel(starting: executable) })
        } catch {
            thread.retire()
            throw error
        }
    }

    var isWornOut: Bool { state.withLock { $0.spent >= Self.serviceLife } }
    var processID: Int32 { channel.process }

    /// Ends process and thread, unless `end` says that the process is already gone.
    func end(after end: RunnerEnd? = nil) {
        let wasOver = state.withLock { state in
            defer { state.isOver = true }
            return state.isOver
        }
        guard !wasOver else { return }
        channel.shut(after: end)
        thread.retire()
    }

    func load(_ program: RunnerProgram) async throws(RunnerEnd) -> RunnerLoad {
        if let load = loaded(program) { return load }
        if callerMayBlock() { return try loadHere(program) }
        return try await thread.perform { () throws(RunnerEnd) in try self.loadHere(program) }
    }

    func run(_ request: RunnerRequest, of program: RunnerProgram, host: @escaping RunnerHost) async throws(RunnerEnd) -> RunnerResult {
        if callerMayBlock() { return try await runHere(request, of: program, host: host) }
        return try await thread.perform { () throws(RunnerEnd) in try await self.runHere(request, of: program, host: host) }
    }

    /// A transaction's thread can wait for the process itself, which saves two thread switches and holds nobody up; any other caller's
    /// thread is one of the few that all tasks share.
    private func callerMayBlock(_ isolation: isolated (any Actor)? = #isolation) -> Bool {
        isolation is any BlockingActor
    }

    private func runHere(_ request: RunnerRequest, of program: RunnerProgram, host: RunnerHost) async throws(RunnerEnd) -> RunnerResult {
        guard let script = try loadHere(program).scripts[request.script] else { throw over(.garbled) }
        if let fault = script.fault { return RunnerResult(outcome: .failed(fault)) }
        guard let message = request.message else {
            return RunnerResult(outcome: .failed(RunnerFault(kind: .input, message: "the event is larger than a rule may take")))
        }
        var budget = request.limits.time
        var reads: [RunnerResult.Exchange] = []
        var answer = try exchange(message, within: &budget)
        while case .read(let read) = answer {
            let said = await host(read)
            reads.append(RunnerResult.Exchange(read: read, answer: said))
            answer = try exchange(said.message, within: &budget)
        }
        guard case .done(var result) = answer else { throw over(.garbled) }
        result.reads = reads
        result.duration = request.limits.time - budget
        return result
    }

    private func loaded(_ program: RunnerProgram) -> RunnerLoad? {
        state.withLock { $0.loaded?.key == program.key ? $0.loaded?.load : nil }
    }

    private func loadHere(_ program: RunnerProgram) throws(RunnerEnd) -> RunnerLoad {
        if let load = loaded(program) { return load }
        var budget = Self.loadTime
        guard case .loaded(let load) = try exchange(program.message, within: &budget) else { throw over(.garbled) }
        state.withLock { $0.loaded = (program.key, load) }
        return load
    }

    /// Sends, and waits for the reply. Only the process's own processor time counts, not the host's, nor waiting for a core.
    private func exchange(_ message: [UInt8], within budget: inout Duration) throws(RunnerEnd) -> RunnerMessage {
        guard !state.withLock({ $0.isOver }) else { throw .garbled }
        do throws(RunnerEnd) {
            let before = channel.processorTime
            try channel.send(message)
            let answer = try RunnerMessage(try channel.receive(within: budget, since: before))
            let taken = channel.processorTime - before
            budget -= taken
            state.withLock { $0.spent += taken }
            return answer
        } catch {
            throw over(error)
        }
    }

    private func over(_ end: RunnerEnd) -> RunnerEnd {
        self.end(after: end)
        return end
    }
}
