import Foundation
import Kernel
import Testing

@testable import Rules

@Suite struct HostileScriptTests {
    let bench = Bench()

    @Test func `the corpus is there`() {
        #expect(HostileScript.all.count >= 240)
    }

    @Test(arguments: HostileScript.all)
    func `a script ends as it must, each time, and its neighbor notices nothing`(script: HostileScript) async throws {
        var limits = RunnerLimits()
        limits.time = script.mayMeetClock ? .milliseconds(250) : .seconds(20)
        let program = Bench.program(script.source, modules: ["memo": "return {}"])
        var process = try await RunnerProcess.start(Bench.executable)
        for _ in 0..<2 {
            do {
                let hook = try await process.load(program).scripts["rule"]?.handlers.first?.hook ?? .on
                let request = Bench.request(hook, limits: limits)
                let result = try await process.run(request, of: program, host: Self.answers)
                #expect(script.mayEnd(as: result), "\(result.outcome) \(result.log)")
                #expect(!result.log.contains("alive"))
                #expect(result.isCompleted || result.effects.isEmpty)
                #expect(try Self.memory(of: process) < 64 << 20)
            } catch let end as RunnerEnd {
                #expect(script.mayEnd(as: RunnerResult(outcome: .killed(end))), "\(end)")
                process = try await RunnerProcess.start(Bench.executable)
            }
        }
        let neighbor = Bench.program("on('e', function() log(alive, secret, string.secret, ('x'):rep(3), #{ 1, 2 }) end)")
        let result = try await process.run(Bench.request(.on), of: neighbor, host: Self.answers)
        #expect(result.log == ["nil nil nil xxx 2"])
        process.end()
    }

    private static let answers: RunnerHost = { read in
        switch read.name {
        case "find": .value(["id": read.arguments["id"] ?? .null, "status": "new"], entity: read.arguments["entity"]?.string)
        // The longest possible answer.
        case "store.list": .value(["text": .string(String(repeating: "x", count: 120 << 10))])
        default: .value(.null)
        }
    }

    /// Resident bytes.
    private static func memory(of process: RunnerProcess) throws -> Int {
        let identifier = process.processID
        let pages = try String(contentsOfFile: "/proc/\(identifier)/statm", encoding: .utf8).split(separator: " ")[1]
        return try #require(Int(pages)) * 4096
    }

    @Test(arguments: [
        "xpcall", "coroutine", "setmetatable", "getmetatable", "rawset", "rawget", "rawequal", "rawlen", "load", "loadstring", "loadfile",
        "dofile", "_G", "_VERSION", "collectgarbage", "warn", "debug", "io", "os", "package", "string.dump", "string.pack", "string.unpack",
        "math.random", "math.randomseed",
    ])
    func `is not there`(name: String) async throws {
        #expect(try await bench.on("log(\(name))").log == ["nil"])
    }

    @Test func `bytecode is not loaded`() async throws {
        let load = try await bench.pool.check(Bench.program("\u{1B}Lua\u{54}\0")).get()
        #expect(load.scripts["rule"]?.fault?.kind == .load)
    }

    @Test func `a program as large as a message is refused when it does not load`() async throws {
        let load = try await bench.pool.check(Bench.program("x = {" + String(repeating: "{", count: 900_000))).get()
        #expect(load.scripts["rule"]?.fault != nil)
        #expect(try await bench.on("log('next')").log == ["next"])
    }

    @Test func `nothing is left for the next run or the next tenant`() async throws {
        let first = Bench.program("on('e', function(event) secret = 'mine' string.secret = 1 end) on('f', function() log(secret) end)")
        _ = try await bench.pool.run(Bench.request(.on), of: first)
        #expect(try await bench.pool.run(Bench.request(.on, "f"), of: first).log == ["nil"])
        let found = try await bench.on("log(secret, string.secret) for name in pairs(_ENV) do log(name) end")
        #expect(found.log == ["nil nil"])
    }

    @Test func `limits are those of the request`() async throws {
        var limits = RunnerLimits()
        limits.instructions = 5000
        #expect(try await bench.on("for i = 1, 1e4 do end", limits: limits).fault?.kind == .instructions)
        limits = RunnerLimits()
        limits.memory = 100_000
        #expect(try await bench.on("local s = ('x'):rep(200000)", limits: limits).fault?.kind == .memory)
        limits = RunnerLimits()
        limits.input = 4000
        let large = Bench.request(.on, event: ["text": .string(String(repeating: "x", count: 10_000))], limits: limits)
        #expect(try await bench.pool.run(large, of: Bench.program("")).fault?.kind == .input)
        limits = RunnerLimits()
        limits.effects = 2
        limits.reads = 1
        #expect(try await bench.on("notify {} notify {}", limits: limits).effects.count == 2)
        #expect(try await bench.on("notify {} notify {} notify {}", limits: limits).fault?.kind == .effects)
        #expect(try await bench.on("find('a', '1') find('a', '1')", limits: limits).fault?.kind == .reads)
    }
}
