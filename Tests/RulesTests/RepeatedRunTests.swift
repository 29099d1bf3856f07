import Kernel
import Testing

@testable import Rules

@Suite struct RepeatedRunTests {
    private static let program = Bench.program(
        """
        local calls = 0
        seen = seen or 0
        on('e', function(event)
          calls, seen = calls + 1, seen + 1
          local bag = {}
          for i = 1, 40 do bag["key" .. random(1000)] = random() end
          for key, value in pairs(bag) do log(key, value) end
          log(calls, seen, time.now(), tostring(bag), tostring(print))
          notify { text = store.get("a"), bag = bag }
        end)
        """
    )

    @Test func `the same run gives the same result in any process`() async throws {
        let request = Bench.request(.on)
        let host = Shelf(["a": "b"]).host
        let pool = Bench().pool
        let first = try await pool.run(request, of: Self.program, host: host)
        let again = try await pool.run(request, of: Self.program, host: host)
        let elsewhere = try await Bench().pool.run(request, of: Self.program, host: host)
        #expect(first.isCompleted && first.log.count == Set(first.log).count)
        for other in [again, elsewhere] {
            #expect(other.log == first.log)
            #expect(other.effects == first.effects)
            #expect(other.instructions == first.instructions)
        }
    }

    @Test func `another seed and another time are another run`() async throws {
        let pool = Bench().pool
        let first = try await pool.run(Bench.request(.on), of: Self.program)
        let otherSeed = try await pool.run(Bench.request(.on, seed: 8), of: Self.program)
        let otherTime = try await pool.run(Bench.request(.on, now: 5), of: Self.program)
        #expect(otherSeed.log != first.log)
        #expect(otherTime.log.last?.hasPrefix("1 1 5.0 ") == true)
    }

    @Test func `the recorded answers are enough to run again`() async throws {
        let pool = Bench().pool
        let first = try await pool.run(Bench.request(.on), of: Self.program, host: Shelf(["a": 5]).host)
        let recorded = Dictionary(uniqueKeysWithValues: first.reads.map { ($0.read, $0.answer) })
        let again = try await pool.run(Bench.request(.on), of: Self.program, host: { recorded[$0] ?? .failure("not recorded") })
        #expect(again.effects == first.effects)
    }

    @Test func `random numbers stay within their bounds`() async throws {
        let body = """
            local low, high = 10, 0
            for i = 1, 500 do local n = random(6) low, high = math.min(low, n), math.max(high, n) end
            log(low, high, random(3, 3), math.type(random()), math.random)
            """
        #expect(try await Bench().on(body).log == ["1 6 3 float nil"])
    }

    @Test(arguments: ["time.now()", "random()", "store.get('a')", "notify {}", "reject('x')", "find('job', '1')"])
    func `the top level has no event, time or random numbers`(call: String) async throws {
        let load = try await Bench().pool.check(Bench.program(call)).get()
        #expect(load.scripts["rule"]?.fault?.message.contains("inside a handler only") == true)
    }
}
