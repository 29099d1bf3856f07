import Kernel

/// One rule-runner process, which serves one tenant at a time. Runs on a thread of its own, which blocks while the process computes
/// and is free while the host answers a question. After any thrown `RunnerEnd` the process is gone.
actor RunnerProcess {
    /// Compiling a whole program takes its time.
    private static let loadTime = Duration.seconds(2)
    /// A third of the seconds of CPU after which the kernel ends the process (confine.c).
    private static let serviceLife = Duration.seconds(20)

    private nonisolated let thread: RunnerThread
    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    private var channel: RunnerChannel?
    private var loaded: (key: String, load: RunnerLoad)?
    private var spent = Duration.zero

    private init(on thread: RunnerThread) {
        self.thread = thread
    }

    deinit {
        channel?.shut(after: nil)
        thread.retire()
    }

    static func start(_ executable: String) async throws(RunnerEnd) -> RunnerProcess {
        let process = RunnerProcess(on: RunnerThread())
        do {
            try await process.spawn(executable)
        } catch {
            process.thread.retire()
            throw error
        }
        return process
    }

    private func spawn(_ executable: String) throws(RunnerEnd) {
        channel = try RunnerChannel(starting: executable)
    }

    var isWornOut: Bool { spent >= Self.serviceLife }
    var processID: Int32? { channel?.process }

    /// Ends process and thread.
    func end() {
        channel?.shut(after: nil)
        channel = nil
        thread.retire()
    }

    func load(_ program: RunnerProgram) throws(RunnerEnd) -> RunnerLoad {
        if let loaded, loaded.key == program.key { return loaded.load }
        var budget = Self.loadTime
        guard case .loaded(let load) = try exchange(program.message, within: &budget) else { throw over(.garbled) }
        loaded = (program.key, load)
        return load
    }

    func run(_ request: RunnerRequest, of program: RunnerProgram, host: RunnerHost) async throws(RunnerEnd) -> RunnerResult {
        guard let script = try load(program).scripts[request.script] else { throw over(.garbled) }
        if let fault = script.fault { return RunnerResult(outcome: .failed(fault)) }
        guard let message = request.message else {
            return RunnerResult(outcome: .failed(RunnerFault(kind: .input, message: "the event is larger than a rule may take")))
        }
        var budget = request.limits.wall
        var reads: [RunnerResult.Exchange] = []
        var answer = try exchange(message, within: &budget)
        while case .read(let read) = answer {
            let said = await host(read)
            reads.append(RunnerResult.Exchange(read: read, answer: said))
            answer = try exchange(said.message, within: &budget)
        }
        guard case .done(var result) = answer else { throw over(.garbled) }
        result.reads = reads
        result.duration = request.limits.wall - budget
        return result
    }

    /// Sends, and waits for what the process says to it. What it takes of the processor counts, not the host's time, nor a wait for a core.
    private func exchange(_ message: [UInt8], within budget: inout Duration) throws(RunnerEnd) -> RunnerMessage {
        guard let channel else { throw .garbled }
        let before = channel.processorTime
        do throws(RunnerEnd) {
            try channel.send(message)
            let answer = try RunnerMessage(try channel.receive(within: budget))
            let taken = channel.processorTime - before
            budget -= taken
            spent += taken
            return answer
        } catch {
            throw over(error)
        }
    }

    private func over(_ end: RunnerEnd) -> RunnerEnd {
        channel?.shut(after: end)
        channel = nil
        thread.retire()
        return end
    }
}
