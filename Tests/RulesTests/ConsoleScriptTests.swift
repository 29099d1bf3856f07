import Dispatch
import Foundation
import Kernel
import Synchronization
import Testing

@testable import Rules

/// The runner's side of the console: what a script may do, how it goes from tenant to tenant, and what ends it.
@Suite struct ConsoleScriptTests {
    @Test func `a script goes from tenant to tenant and asks for effects in each`() async throws {
        let stage = Stage(tenants: 2)
        let result = await stage.run(
            """
            print("before")
            tenants.each(function(tenant)
              local seen = 0
              for application in applications.each{ status = "new" } do
                seen = seen + 1
                if seen == 250 then application:move("screening", { reason = tenant.code }) end
              end
              print(tenant.code, seen, #applications{ page = 2, limit = 50 })
              report("Seen", { "tenant", "count" }, { { tenant.name, seen } })
            end)
            """
        ).result
        #expect(result.isCompleted)
        let state = stage.plan.state
        #expect(state.output == ["before", "t1 250 50", "t2 250 50"])
        #expect(state.tables.map(\.title) == ["Seen", "Seen"])
        #expect(state.tables.first?.rows == [["Tenant 1", 250]])
        let moved = RunnerEffect(
            operation: "application:move",
            target: .init(entity: "application", id: "application 250"),
            arguments: ["status": "screening", "reason": "t1"]
        )
        #expect(state.effects[stage.tenants[0]] == [moved])
        #expect(state.effects[stage.tenants[1]]?.count == 1)
    }

    @Test func `outside of each there is a tenant only when there is but one`() async throws {
        let several = Stage(tenants: 2)
        #expect(await several.run("applications{}").result.fault?.message.hasPrefix("applications needs a tenant") == true)
        #expect(await several.run("notify{ text = 'x' }").result.fault?.message.hasPrefix("notify needs a tenant") == true)
        #expect(await several.run("store.set('a', 1)").result.fault?.message.hasPrefix("store.set needs a tenant") == true)
        let one = Stage(tenants: 1)
        #expect(await one.run("print(#applications{ limit = 3 }) notify{ text = 'x' }").result.isCompleted)
        #expect(one.plan.state.output == ["3"])
        #expect(one.plan.state.effects[one.tenants[0]]?.map(\.operation) == ["notify"])
    }

    @Test func `a failure names its line and the tenant`() async throws {
        let stage = Stage(tenants: 3)
        let ending = await stage.run("tenants.each(function(tenant)\n  if tenant.code == 't2' then\n    error('no')\n  end\nend)")
        #expect(ending.result.fault?.line == 3)
        #expect(ending.result.fault?.message == "no")
        #expect(ending.tenant == stage.tenants[1])
        let syntax = await Stage().run("print(1)\nx = = 1").result.fault
        #expect(syntax?.kind == .load)
        #expect(syntax?.line == 2)
    }

    @Test func `each is not used inside each`() async throws {
        let fault = await Stage(tenants: 1).run("tenants.each(function() tenants.each(print) end)").result.fault
        #expect(fault?.message == "tenants.each cannot be used inside tenants.each")
    }

    @Test func `nothing but the script's own locals goes from one tenant's turn into the next`() async throws {
        let stage = Stage(tenants: 2)
        await _ = stage.run(
            """
            shared = "set before"
            tenants.each(function(tenant)
              print(tenant.code, mine, shared, store.get("seen"))
              mine, shared = tenant.code, "changed"
              store.set("seen", tenant.code)
              print(store.get("seen"))
            end)
            print(mine, shared)
            print(pcall(tenants.each, function() mine = 1 error("left early") end))
            print(mine, pcall(applications))
            """
        )
        let output = stage.plan.state.output
        #expect(output.prefix(5) == ["t1 nil set before nil", "t1", "t2 nil set before nil", "t2", "nil set before"])
        #expect(output.count == 7)
        #expect(output.last?.hasPrefix("nil false applications needs a tenant") == true)
    }

    @Test func `what makes a rule is not there`() async throws {
        for name in ["before", "on", "every", "reject", "onError", "require", "load", "setmetatable", "io", "os", "debug", "coroutine"] {
            let stage = Stage()
            await _ = stage.run("print(\(name))")
            #expect(stage.plan.state.output == ["nil"])
        }
    }

    @Test func `waiting for reads does not use up a script's time`() async throws {
        var stage = Stage(tenants: 1)
        stage.limits.time = .milliseconds(500)
        stage.delay = .milliseconds(700)
        let result = await stage.run("print(#applications{ limit = 1 })").result
        #expect(result.isCompleted)
        #expect(result.duration < .milliseconds(500))
    }

    @Test func `a script that doesn't end is killed when its time is over, or its task`() async throws {
        var stage = Stage(tenants: 1)
        stage.limits.instructions = 1 << 50
        stage.limits.time = .milliseconds(300)
        #expect(await stage.run("while true do end").result.outcome == .killed(.time))
        stage.limits.time = .seconds(60)
        let running = Task { [stage] in await stage.run("while true do end").result.outcome }
        running.cancel()
        let start = ContinuousClock.now
        #expect(await running.value == .killed(.canceled))
        #expect(start.duration(to: .now) < .seconds(50))
    }

    @Test(arguments: [
        ("while true do end", RunnerFault.Kind.instructions),
        ("local t = {} for i = 1, 1e6 do t[i] = ('x'):rep(1000) .. i end", .memory),
        ("local kept = {} for i = 1, 500 do for a in applications.each{} do kept[#kept + 1] = a end end", .memory),
        ("for i = 1, 1e6 do print(('x'):rep(1000)) end", .output), ("print(('\\1'):rep(900000))", .output),
        ("for i = 1, 1e6 do notify{} end", .effects), ("while true do applications{} end", .reads),
        ("('x'):rep(1 << 30)", .runtime), ("pcall(function() while true do end end) print('alive')", .instructions),
        ("report('t', {'a'}, {{1, 2}})", .runtime),
    ])
    func `a script that wants too much ends with its reason`(source: String, kind: RunnerFault.Kind) async throws {
        var stage = Stage(tenants: 1)
        stage.limits.instructions = 200_000_000
        // Debug builds on a busy machine.
        stage.limits.time = .seconds(60)
        stage.padding = 1000
        let result = await stage.run(source).result
        #expect(result.fault?.kind == kind, "\(result.outcome)")
        #expect(!stage.plan.state.output.contains("alive"))
    }

    @Test func `memory of reads that are no longer held is freed`() async throws {
        var stage = Stage(tenants: 1)
        stage.limits.time = .seconds(60)
        stage.padding = 2000
        let result = await stage.run("for i = 1, 300 do for a in applications.each{} do local name = a.name end end print('done')").result
        #expect(result.isCompleted, "\(result.outcome)")
        #expect(stage.plan.state.output == ["done"])
    }

    @Test func `a process for rules accepts no console script, and the other way round`() throws {
        let request = ConsoleRequest(source: "", vocabulary: Bench.vocabulary, tenant: nil, now: 0, seed: 0)
        let rules = try RunnerChannel(starting: Bench.executable)
        try rules.send(request.message)
        #expect(throws: RunnerEnd.exited(65)) { try rules.receive(within: .seconds(10)) }
        rules.shut(after: .exited(65))
        let console = try RunnerChannel(starting: Bench.executable, forConsole: true)
        try console.send(Bench.program("").message)
        #expect(throws: RunnerEnd.exited(65)) { try console.receive(within: .seconds(10)) }
        console.shut(after: .exited(65))
    }
}

/// Some tenants with 250 applications each, and a process for one script.
private struct Stage: Sendable {
    let tenants: [Identifier<Tenant>]
    let plan = ConsolePlan()
    var limits = RunnerLimits.console
    var delay: Duration?
    /// Extra bytes in an application.
    var padding = 0

    init(tenants count: Int = 1) {
        tenants = (0..<count).map { _ in Identifier() }
    }

    func run(_ source: String) async -> (result: RunnerResult, tenant: Identifier<Tenant>?) {
        let vocabulary = RunnerVocabulary(
            entities: ["application": ["move": ["status"]]],
            functions: ["notify": []],
            reads: ["applications": []]
        )
        let only = tenants.count == 1 ? tenants[0] : nil
        let request = ConsoleRequest(source: source, vocabulary: vocabulary, tenant: only, now: 0, seed: 1, limits: limits)
        return await ConsoleProcess(executable: Bench.executable).run(request, into: plan) { read, tenant in
            if let delay { await pause(delay) }
            return answer(read)
        }
    }

    private func pause(_ time: Duration) async {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().asyncAfter(deadline: .now() + time / .seconds(1)) { continuation.resume() }
        }
    }

    private func answer(_ read: RunnerRead) -> ConsoleAnswer {
        switch read.name {
        case "tenants.next":
            guard case .integer(let position)? = read.arguments["position"], position <= tenants.count else {
                return ConsoleAnswer(answer: .value(.null))
            }
            let id = tenants[position - 1].description
            return ConsoleAnswer(
                answer: .value(["id": .string(id), "code": .string("t\(position)"), "name": .string("Tenant \(position)")])
            )
        case "applications": return applications(read.arguments)
        default: return ConsoleAnswer(answer: .value(.null))
        }
    }

    private func applications(_ arguments: [String: JSON]) -> ConsoleAnswer {
        var (page, limit) = (1, 20)
        if case .integer(let wanted)? = arguments["page"] { page = wanted }
        if case .integer(let wanted)? = arguments["limit"] { limit = wanted }
        let numbers = ((page - 1) * limit + 1)...max((page - 1) * limit + 1, min(250, page * limit))
        let name = JSON.string(String(repeating: "n", count: padding))
        let list = numbers.map { JSON.object(["id": .string("application \($0)"), "name": name]) }
        return ConsoleAnswer(
            answer: .value(.array(list), entity: "application"),
            more: page * limit < 250 ? ["page": .integer(page + 1)] : nil
        )
    }
}
