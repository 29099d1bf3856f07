import Kernel
import Testing

@testable import Rules

/// A script, and how its run must end.
struct Hostile: Sendable, CustomTestStringConvertible {
    enum End: Sendable, Equatable {
        case fault(RunnerFault.Kind)
        /// Refused with these words.
        case error(String)
        /// Nothing it could break: it runs to its end and logs this.
        case harmless(String)
        /// By one limit or another, as fast as the machine is.
        case stopped
    }

    let body: String
    let end: End

    init(_ body: String, _ end: End) {
        self.body = body
        self.end = end
    }

    var testDescription: String { body }

    static let budget: [Hostile] = [
        Hostile("while true do end", .fault(.instructions)),
        Hostile("::again:: goto again", .fault(.instructions)),
        Hostile("local function f() return f() end f()", .fault(.instructions)),
        Hostile("while true do pcall(function() while true do end end) end", .fault(.instructions)),
        Hostile("repeat pcall(error) until false", .fault(.instructions)),
        Hostile("pcall(function() while true do end end) log('alive')", .fault(.instructions)),
        Hostile("for i = 1, 1e9 do pcall(string.rep, 'x', 1e6) end", .fault(.instructions)),
        Hostile("('a'):rep(300):find('a*a*a*a*b')", .fault(.instructions)),
        Hostile("pcall(string.find, ('a'):rep(3000), 'a*a*a*a*a*b') log('alive')", .fault(.instructions)),
        Hostile("('a'):rep(5000):match('.-.-.-.-b')", .fault(.instructions)),
        Hostile("('a'):rep(100000):gsub('a*a*b', '')", .fault(.instructions)),
        Hostile("for w in ('a'):rep(100000):gmatch('a*a*b') do end", .fault(.instructions)),
        Hostile("('a'):rep(100000):find('(.*)%1%1%1b')", .fault(.instructions)),
        Hostile("local s = ('('):rep(100000) while true do s:find('%b()') end", .fault(.instructions)),
        Hostile("table.move({}, 1, 2^62, 2)", .fault(.instructions)),
        Hostile("table.concat({}, 'x', -2^62, 2^62)", .fault(.instructions)),
        Hostile("local t = {} while true do table.insert(t, 1, 1) end", .fault(.instructions)),
        Hostile("local t = {} for i = 1, 1e5 do t[i] = -i end while true do table.sort(t) end", .fault(.instructions)),
        Hostile("local t = {} for i = 1, 3000 do t[i] = i end local k repeat k = next(t, k) until not k", .fault(.instructions)),
        Hostile("for i = 1, 1e9 do local t = { [('x'):rep(1e5) .. i] = 1 } end", .fault(.instructions)),
    ]

    static let memory: [Hostile] = [
        Hostile("local s = 'x' while true do s = s .. s end", .fault(.memory)),
        Hostile("local s = 'x' while true do pcall(function() s = s .. s end) end", .fault(.memory)),
        Hostile("local t = {} while true do t[#t + 1] = {} end", .fault(.memory)),
        // Near the cap each refusal costs a collection, which the budget pays for.
        Hostile("local t = {} while true do pcall(function() t[#t + 1] = {} end) end", .stopped),
        Hostile("local function f() return 1 + f() end f()", .fault(.memory)),
        Hostile("local function f(n) return n + f(n + 1) end pcall(f, 1) log('alive')", .fault(.memory)),
    ]

    static let clock: [Hostile] = [
        Hostile("local function f() pcall(f) f() end f()", .stopped),
        Hostile("local a, b = ('x'):rep(1e6), ('x'):rep(999999) .. 'y' while true do local _ = a < b end", .stopped),
    ]

    static let flood: [Hostile] = [
        Hostile("while true do log('xxxxxxxxxxxxxxxx') end", .fault(.output)),
        Hostile("while true do print() end", .fault(.output)),
        Hostile("log(('x'):rep(1e6))", .fault(.output)),
        Hostile("pcall(log, ('x'):rep(1e6)) log('alive')", .fault(.output)),
        Hostile("local t = {} for i = 1, 25 do t = { t, t } end notify { bomb = t }", .fault(.output)),
        Hostile("local t = {} for i = 1, 25 do t = { t, t } end log(t)", .fault(.output)),
        Hostile("while true do notify {} end", .fault(.effects)),
        Hostile("while true do pcall(notify) end", .fault(.effects)),
        Hostile("for i = 1, 1e9 do store.get('k' .. i) end", .fault(.reads)),
        Hostile("while true do pcall(find, 'job', '1') end", .fault(.reads)),
    ]

    static let refused: [Hostile] = [
        Hostile("('x'):rep(2^62)", .error("too long")),
        Hostile("('x'):rep(1e9, 'yyy')", .error("too long")),
        Hostile("table.unpack({}, 1, 1e8)", .error("too many values")),
        Hostile("table.unpack({}, -2^62, 2^62)", .error("too many values")),
        Hostile("('x'):rep(1e6):byte(1, -1)", .error("string slice too long")),
        Hostile("('x'):find(('('):rep(40))", .error("too many captures")),
        Hostile("('x'):rep(1000):find(('x?'):rep(300) .. 'y')", .error("too complex")),
        Hostile("string.format('%p', {})", .error("invalid conversion")),
        Hostile("string.format('%99999d', 1)", .error("invalid conversion")),
        Hostile("string.rep = nil", .error("cannot be changed")),
        Hostile("('').x = 1", .error("attempt to index a string value")),
        Hostile("table.insert(string, 'x')", .error("table expected")),
        Hostile("table.move({ 1 }, 1, 1, 1, math)", .error("table expected")),
        Hostile("_ENV = nil x = 1", .error("attempt to index a nil value")),
        Hostile("local t = {} t.t = t notify { cycle = t }", .error("nested too deeply")),
        Hostile("notify { x = 0 / 0 }", .error("not finite")),
        Hostile("notify { f = print }", .error("holds a function")),
        Hostile("for key in pairs({ [{}] = 1 }) do end", .error("no order")),
        Hostile("event.application.move({}, 'hired')", .error("with a colon")),
        Hostile("event.application.move(event.application.candidate, 'hired')", .error("with a colon")),
        Hostile("error({ secret = 1 })", .error("not a text")),
        Hostile("local x <close> = setmetatable({}, {})", .error("attempt to call a nil value (global 'setmetatable')")),
        Hostile("reject('no')", .error("in a before handler only")),
        Hostile("on('e', print)", .error("at the top level only")),
    ]

    static let harmless: [Hostile] = [
        Hostile("('').rep('', 2^62) log('done')", .harmless("done")),
        Hostile("local t = {} for i = 1, 1e4 do t[i] = i end table.sort(t, function() return true end) log(#t)", .harmless("10000")),
        Hostile("local _ENV = {} x = 1", .harmless("")),
        Hostile("local _ENV <const> = { log = log } log('constant')", .harmless("constant")),
        Hostile("pairs = nil _ENV.log('mine')", .harmless("mine")),
        Hostile(
            "log(tostring({}), tostring(print), tostring(event), string.format('%s', print))",
            .harmless("table function table function")
        ),
        Hostile("local n = 0 for _ in pairs(string) do n = n + 1 end", .error("table expected")),
        Hostile("local t = { __mode = 'k', __gc = print } t = nil log('plain')", .harmless("plain")),
        Hostile("for i = 1, 20 do t = table.pack() t[2 ^ i] = 1 end log('sparse')", .harmless("sparse")),
    ]
}

@Suite struct HostileScriptTests {
    let bench = Bench()

    private func holds(_ hostile: Hostile, wall: Duration = .seconds(20)) async throws {
        var limits = RunnerLimits()
        limits.wall = wall
        let result = try await bench.on(hostile.body, limits: limits)
        switch hostile.end {
        case .fault(let kind): #expect(result.fault?.kind == kind, "\(result.outcome)")
        case .error(let words):
            #expect(result.fault?.kind == .runtime && result.fault?.message.contains(words) == true, "\(result.outcome)")
        case .harmless(let line): #expect(result.isCompleted && result.log.joined() == line, "\(result.outcome) \(result.log)")
        case .stopped: #expect(result.outcome == .killed(.time) || result.fault != nil, "\(result.outcome)")
        }
        #expect(!result.log.contains("alive"))
        #expect(result.isCompleted || result.effects.isEmpty)
        // The next tenant is served as if nothing had been.
        #expect(try await bench.on("log('next', alive)").log == ["next nil"])
    }

    @Test(arguments: Hostile.budget) func `work without end meets the budget`(hostile: Hostile) async throws { try await holds(hostile) }
    @Test(arguments: Hostile.memory) func `memory without end meets the cap`(hostile: Hostile) async throws { try await holds(hostile) }
    @Test(arguments: Hostile.clock) func `what no budget sees meets the clock`(hostile: Hostile) async throws {
        try await holds(hostile, wall: .milliseconds(250))
    }
    @Test(arguments: Hostile.flood) func `a flood meets its limit`(hostile: Hostile) async throws { try await holds(hostile) }
    @Test(arguments: Hostile.refused) func `what is not allowed is refused with a reason`(hostile: Hostile) async throws {
        try await holds(hostile)
    }
    @Test(arguments: Hostile.harmless) func `what cannot do harm does none`(hostile: Hostile) async throws { try await holds(hostile) }

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

    @Test(arguments: ["x = " + String(repeating: "(", count: 5000), "x = {" + String(repeating: "{", count: 900_000), "while true do end"])
    func `a program that is hard to load is refused`(source: String) async throws {
        let load = try await bench.pool.check(Bench.program(source)).get()
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
