import Kernel

/// Answers a script's questions, for the current tenant if there is one.
typealias ConsoleListener = @Sendable (RunnerRead, Identifier<Tenant>?) async -> ConsoleAnswer

/// One process for one console script. It may use more than a rule's, and never serves another script.
struct ConsoleProcess {
    let executable: String

    /// Runs the script until it ends, its time is up, or the task is canceled. What it reports goes into the plan at once.
    func run(
        _ request: ConsoleRequest,
        into plan: ConsolePlan,
        answer: ConsoleListener
    ) async -> (result: RunnerResult, tenant: Identifier<Tenant>?) {
        let thread = RunnerThread()
        defer { thread.retire() }
        do throws(RunnerEnd) {
            return try await thread.perform { () throws(RunnerEnd) in
                let channel = try RunnerChannel(starting: executable, forConsole: true)
                do throws(RunnerEnd) {
                    let ending = try await run(request, over: channel, plan, answer)
                    channel.shut(after: nil)
                    return ending
                } catch {
                    channel.shut(after: error)
                    throw error
                }
            }
        } catch {
            return (RunnerResult(outcome: .killed(error)), nil)
        }
    }

    private func run(
        _ request: ConsoleRequest,
        over channel: RunnerChannel,
        _ plan: ConsolePlan,
        _ listener: ConsoleListener
    ) async throws(RunnerEnd) -> (RunnerResult, Identifier<Tenant>?) {
        // Only its own time counts, not the host's.
        var left = request.limits.time
        try channel.send(request.message)
        while true {
            let before = channel.processorTime
            let message = try ConsoleMessage(try channel.receive(within: left, since: before))
            left -= channel.processorTime - before
            switch message {
            case .output(let line): plan.print(line)
            case .table(let table): plan.add(table)
            case .effect(let effect, let tenant): plan.add(effect, in: tenant)
            case .read(let read, let tenant):
                let answer = await listener(read, tenant)
                try channel.send(answer.message(upTo: request.limits.input))
            case .done(var result, let tenant):
                result.duration = request.limits.time - left
                return (result, tenant)
            }
        }
    }
}
