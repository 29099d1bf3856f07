import Kernel
import Testing

@testable import Rules

@Suite struct OrdinaryRuleTests {
    let bench = Bench()

    @Test func `a before handler refuses with its words`() async throws {
        let result = try await bench.before(
            "if event.to == 'hired' and #event.application.scorecards < 3 then return reject('Three scorecards, please.', 'SCORECARDS') end"
        )
        #expect(result.outcome == .rejected(reason: "Three scorecards, please.", code: "SCORECARDS"))
        #expect(result.readFields == ["to", "application.scorecards"])
    }

    @Test func `a refusal cannot be caught and nothing runs after it`() async throws {
        let result = try await bench.before("pcall(reject, 'no') log('alive') while true do end")
        #expect(result.outcome == .rejected(reason: "no", code: nil))
        #expect(result.log.isEmpty)
    }

    @Test func `a before handler amends the members that it may`() async throws {
        let result = try await bench.before("event.note = { by = 'rule', list = {1, 2} } event.to = nil log(event.note.by, event.to)")
        #expect(result.outcome == .completed(amendments: ["note": ["by": "rule", "list": [1, 2]], "to": .null]))
        #expect(result.log == ["rule nil"])
    }

    @Test(arguments: ["event.other = 1", "event.application.source = 'x'", "event.application.tags[1] = 'x'"])
    func `other members cannot be changed`(body: String) async throws {
        #expect(try await bench.before(body).fault?.message.contains("cannot be changed here") == true)
    }

    @Test func `an amended object can be replaced while the old one is held`() async throws {
        let result = try await bench.before(
            "event.note = {a = {b = 'first'}} local old = event.note.a event.note = 'second' log(old.b, event.note)"
        )
        #expect(result.log == ["first second"])
    }

    @Test func `an on handler asks for effects in order`() async throws {
        let result = try await bench.on(
            """
            local app = event.application
            if app.atsScore >= 85 then
              app:move("screening", { reason = "strong match" })
              app:label({ "fast", "track" })
              notify { role = "recruiter", text = app.candidate.name .. " was fast-tracked" }
            end
            """
        )
        let target = RunnerEffect.Target(entity: "application", id: "app-1")
        #expect(result.isCompleted)
        #expect(
            result.effects == [
                RunnerEffect(operation: "application:move", target: target, arguments: ["status": "screening", "reason": "strong match"]),
                RunnerEffect(operation: "application:label", target: target, arguments: ["names": ["fast", "track"]]),
                RunnerEffect(operation: "notify", target: nil, arguments: ["role": "recruiter", "text": "Ada Byron was fast-tracked"]),
            ]
        )
        #expect(result.readFields == ["application.atsScore", "application.candidate.name"])
    }

    @Test func `the event reads like tables`() async throws {
        let result = try await bench.on(
            """
            local app = event.application
            log(type(event), type(app.tags), #app.tags, app.tags[1], app.gap, app.tags[3], event.application == app)
            for i, card in ipairs(app.scorecards) do log(i, card.rating) end
            for name in pairs(app) do log(name) end
            log(table.concat(app.tags, "+"), table.unpack(app.tags))
            log(app.scorecards)
            """
        )
        #expect(result.log.first == "table table 2 swift nil nil true")
        #expect(result.log[1...2] == ["1 4", "2 5"])
        // `gap` is null, which is nil: pairs leaves it out.
        #expect(result.log[3...8] == ["atsScore", "candidate", "id", "scorecards", "source", "tags"])
        #expect(result.log[9...] == ["swift+sql swift sql", #"[{"rating":4},{"rating":5}]"#])
        #expect(result.readFields.contains("application.scorecards[].rating"))
    }

    @Test func `libraries are required once in a run`() async throws {
        let modules = ["score": "log('loaded') local M = {} function M.double(x) return 2 * x end return M", "empty": "shared = 1"]
        let result = try await bench.on(
            "log(require('score').double(21), require('score') == require('score'), require('empty'), shared)",
            modules: modules
        )
        #expect(result.log == ["loaded", "42 true true 1"])
    }

    @Test func `a library that requires itself or does not exist is an error`() async throws {
        let result = try await bench.on(
            "log(pcall(require, 'a')) log(pcall(require, 'nothing'))",
            modules: ["a": "return require('b')", "b": "return require('a')"]
        )
        #expect(result.log == ["false b:1: the library 'a' requires itself", "false there is no library 'nothing', or it has an error"])
    }

    @Test func `the store shows a run its own changes`() async throws {
        let shelf = Shelf(["count": 41, "old": true])
        let result = try await bench.on(
            """
            store.set("count", store.get("count") + 1)
            store.delete("old")
            store.set("new", { deep = { 1, 2 } })
            log(store.get("count"), store.get("old"), store.get("new").deep[2], store.get("none"))
            for key in pairs(store.list()) do log(key) end
            """,
            host: shelf.host
        )
        #expect(result.log == ["42 nil 2 nil", "count", "new"])
        #expect(result.effects.map(\.operation) == ["store.set", "store.delete", "store.set"])
        #expect(result.effects[2].arguments == ["key": "new", "value": ["deep": [1, 2]]])
        #expect(result.reads.map(\.read.name) == ["store.get", "store.get", "store.list"])
    }

    @Test func `a read brings an entity with its methods`() async throws {
        let result = try await bench.on("local job = find('job', 'j-9') log(job.status) job:close()", host: Shelf().host)
        #expect(result.log == ["new"])
        #expect(result.effects.first?.target == RunnerEffect.Target(entity: "job", id: "j-9"))
    }

    @Test func `a refused read is an error that the script may catch`() async throws {
        let result = try await bench.on("log(pcall(find, 'job', '1'))", host: { _ in .failure("not yours") })
        #expect(result.log == ["false not yours"])
    }

    @Test func `a rule uses only what it was granted`() async throws {
        let result = try await bench.on("event.application:tag('x') event.application:move('hired')", grants: ["application:tag"])
        #expect(
            result.fault == RunnerFault(kind: .runtime, message: "this rule has no grant for application:move", script: "rule", line: 2)
        )
        #expect(result.effects.isEmpty)
    }

    @Test(arguments: ["event.application:tag('x')", "notify { text = 'x' }", "store.set('a', 1)"])
    func `a before handler only decides`(body: String) async throws {
        #expect(try await bench.before(body).fault?.message.contains("cannot be used in a before handler") == true)
    }

    @Test func `an error names script and line`() async throws {
        let result = try await bench.on("local x\n\nx.y = 1")
        #expect(result.fault == RunnerFault(kind: .runtime, message: "attempt to index a nil value (local 'x')", script: "rule", line: 4))
        let inLibrary = try await bench.on("require('lib').f()", modules: ["lib": "return { f = function()\nerror('broken') end }"])
        #expect(inLibrary.fault == RunnerFault(kind: .runtime, message: "broken", script: "lib", line: 2))
    }

    @Test func `loading reports handlers, onError and mistakes`() async throws {
        let source = "onError('allow') before('a', function() end) on('b', function() end) every('1d', function() end)"
        let good = try await bench.pool.check(Bench.program(source, modules: ["bad": "return ("])).get()
        let rule = try #require(good.scripts["rule"])
        #expect(rule.handlers.map(\.hook) == [.before, .on, .every])
        #expect(rule.handlers.map(\.name) == ["a", "b", "1d"])
        #expect(rule.handlers.map(\.place) == Array(repeating: RunnerPlace(script: "rule", line: 1), count: 3))
        #expect(rule.onError == .allow && rule.fault == nil)
        #expect(good.modules["bad"]?.kind == .load && good.modules["bad"]?.line == 1)

        let syntax = try await bench.pool.check(Bench.program("on('a', function()\n x = = 1 end)")).get().scripts["rule"]
        #expect(syntax?.fault == RunnerFault(kind: .load, message: "unexpected symbol near '='", script: "rule", line: 2))
        #expect(syntax?.onError == .block)
        let late = try await bench.pool.check(Bench.program("every('soon', print)")).get().scripts["rule"]
        #expect(late?.fault?.message.contains("not an interval") == true)
    }

    @Test func `a handler and a field carry the line where they stand, also in a library`() async throws {
        let library = "return function()\n  on('late',\n     function(event)\n return event.a end)\nend"
        let source = """
            -- on('early') event.b
            local wait = require('lib')

            on('e', function(event)
              local x = event.b
              x = event.b
            end)
            wait()
            """
        let program = Bench.program(source, modules: ["lib": library])
        let rule = try #require(try await bench.pool.check(program).get().scripts["rule"])
        #expect(rule.handlers.map(\.place) == [RunnerPlace(script: "rule", line: 4), RunnerPlace(script: "lib", line: 2)])
        let run = try await bench.pool.run(Bench.request(.on, event: ["a": 1, "b": 2]), of: program)
        #expect(run.readFields == ["b"] && run.readPlaces == ["b": RunnerPlace(script: "rule", line: 5)])
        let late = try await bench.pool.run(Bench.request(.on, "late", event: ["a": 1, "b": 2]), of: program)
        #expect(late.readPlaces == ["a": RunnerPlace(script: "lib", line: 4)])
    }

    @Test(arguments: [
        ("every('1d', { at = '07:30' }, print)", "1d at 07:30"),
        ("every('1w', { at = '08:00', on = 'monday' }, print)", "1w at 08:00 on monday"),
        ("every('1d', { on = 'weekdays', at = '23:59' }, print)", "1d at 23:59 on weekdays"),
    ])
    func `a schedule may name a time of day and days of the week`(source: String, name: String) async throws {
        let program = Bench.program(source.replacing("print", with: "function() log('ran') end"))
        #expect(try await bench.pool.check(program).get().scripts["rule"]?.handlers.map(\.name) == [name])
        #expect(try await bench.pool.run(Bench.request(.every, name, event: .null), of: program).log == ["ran"])
        #expect(try await bench.pool.run(Bench.request(.every, "1d", event: .null), of: program).log.isEmpty)
    }

    @Test(arguments: [
        ("every('1d', { at = '7:30' }, print)", "'at' must be a time of day"),
        ("every('1d', { at = 7.5 }, print)", "'at' must be a text"),
        ("every('1d', { at = '25:00' }, print)", "'at' must be a time of day"),
        ("every('6h', { at = '07:30' }, print)", "goes with days and weeks"),
        ("every('1d', { on = 'monday' }, print)", "needs the time of day"),
        ("every('1d', { at = '07:30', on = 'someday' }, print)", "'on' must be"),
        ("every('1d', { at = '07:30', zone = 'UTC' }, print)", "not 'zone'"),
        ("every('1d', { at = '07:30' })", "function expected"),
        ("every('1d', { '07:30' }, print)", "every knows"),
    ])
    func `a wrong schedule says what is wrong`(source: String, problem: String) async throws {
        let fault = try await bench.pool.check(Bench.program("\n" + source)).get().scripts["rule"]?.fault
        #expect(fault?.message.contains(problem) == true, "\(fault?.message ?? "no fault")")
        #expect(fault?.line == 2)
    }

    @Test func `a script that did not load fails its runs`() async throws {
        let result = try await bench.pool.run(Bench.request(.on), of: Bench.program("x = = 1"))
        #expect(result.fault?.kind == .load)
    }

    @Test func `handlers of one event run in order and others do not`() async throws {
        let source = """
            on('e', function() log('first') end)
            before('e', function() log('before') end)
            on('f', function() log('f') end)
            on('e', function() log('second') end)
            every('2h', function(event) log('every', event) end)
            """
        let program = Bench.program(source)
        #expect(try await bench.pool.run(Bench.request(.on), of: program).log == ["first", "second"])
        #expect(try await bench.pool.run(Bench.request(.every, "2h", event: .null), of: program).log == ["every nil"])
    }

    @Test(arguments: [
        (#"string.format("%5.2f|%-4s|%04d|%x|%s|%%", 1.5, "a", 7, 255, nil)"#, " 1.50|a   |0007|ff|nil|%"),
        (#"("key = value"):match("^(%w+)%s*=%s*(%w+)$")"#, "key value"),
        (#"("THE (quick) fox"):find("%((%a+)%)")"#, "5 11 quick"),
        (#"("hello world"):gsub("o", { o = "0" })"#, "hell0 w0rld 2"),
        (#"("abc"):gsub("", "-")"#, "-a-b-c- 4"),
        (#"("abc"):gsub("%w", "%0%0", 2)"#, "aabbc 2"),
        (#"("f(a(b)c)d"):match("%b()")"#, "(a(b)c)"),
        (#"("THE (quick) fox"):gsub("%f[%a]%a+", string.lower)"#, "the (quick) fox 3"),
        (#"("2026-11-21"):match("()%d+%-(%d+)()")"#, "1 11 8"),
        (#"("abab"):find("(ab)%1")"#, "1 4 ab"),
        (#"("[]]"):find("[]]")"#, "2 2"),
        (#"("a.b"):find(".", 1, true)"#, "2 2"),
        (#"("x"):rep(3, "-"), ("Ada"):upper(), ("abc"):sub(-2)"#, "x-x-x ADA bc"),
        (#"select('#', table.unpack({1, nil, 3}, 1, 3)), #table.pack(1, 2)"#, "3 2"),
        (#"time.format(0), time.parse("2026-01-01T01:00:00+01:00"), time.parse("2024-02-30")"#, "1970-01-01T00:00:00Z 1767225600.0 nil"),
        (#"time.now(), time.date().weekday, time.date(951782400).yearday"#, "1767225600.0 4 60"),
        (#"math.floor(2.7), 7 // 2, utf8.len("zoë"), tostring(1e15)"#, "2 3 3 1e+15"),
    ])
    func `the library works as Lua's does`(expression: String, expected: String) async throws {
        #expect(try await bench.on("log(\(expression))").log == [expected])
    }

    @Test func `tables can be changed, sorted and walked`() async throws {
        let result = try await bench.on(
            """
            local list = { 3, 1, 2 }
            table.insert(list, 0) table.insert(list, 1, 9) table.remove(list, 2)
            table.sort(list) log(table.concat(list, " "))
            table.sort(list, function(a, b) return a > b end) log(table.concat(list, " "))
            local people = { { "b", 1 }, { "a", 1 }, { "c", 0 } }
            table.sort(people, function(a, b) return a[2] < b[2] end)
            log(people[1][1] .. people[2][1] .. people[3][1])
            log(table.concat(table.move({ 1, 2, 3 }, 1, 3, 2), " "))
            local set = { b = 1, a = 2, [10] = 3, [2] = 4, [true] = 5 }
            for key, value in pairs(set) do set[key] = nil log(key, value) end
            log(next(set), next({ x = 1 }))
            """
        )
        #expect(result.log == ["0 1 2 9", "9 2 1 0", "cba", "1 1 2 3", "true 5", "2 4", "10 3", "a 2", "b 1", "nil x 1"])
    }

    @Test func `text that is not UTF-8 is repaired in output`() async throws {
        let result = try await bench.on(#"log("a\xFFb", ("zoë"):sub(1, 3)) notify { text = "\0\xC0" }"#)
        #expect(result.log == ["a\u{FFFD}b zo\u{FFFD}"])
        #expect(result.effects.first?.arguments == ["text": "\u{FFFD}\u{FFFD}"])
    }
}
