import Foundation
import Kernel
import Testing

@testable import Rules

@Suite struct RuleFactsTests {
    @Test(arguments: [("15m", 900), ("6h", 21600), ("1d", 86400), ("2w", 1_209_600), ("52w", 31_449_600)])
    func `an interval is so many seconds`(interval: String, seconds: Int) {
        #expect(ScheduleName(interval)?.seconds == seconds)
        #expect(ScheduleName(interval)?.at == nil && ScheduleName(interval)?.days == nil)
    }

    @Test(arguments: [
        ("1d at 07:30", "07:30", nil), ("1d at 23:59 on weekdays", "23:59", [1, 2, 3, 4, 5]), ("1w at 00:00 on sunday", "00:00", [7]),
        ("2w at 08:00", "08:00", nil),
    ])
    func `days and weeks may have a time of day, and days of the week`(name: String, at: String, days: [Int]?) {
        #expect(ScheduleName(name)?.at == at && ScheduleName(name)?.days == days)
    }

    @Test(arguments: [
        "", "m", "0m", "1s", "application.submitted", "10000m", "-1d", "53w", "9999w", "6h at 07:30", "1d at 7:30", "1d at 24:00",
        "1d at 07:60", "1d on monday", "1d at 07:30 on someday", "1d at 07:30 ",
    ])
    func `anything else is not a schedule`(text: String) {
        #expect(ScheduleName(text) == nil)
    }

    @Test func `the libraries that a source names are found with their lines`() {
        let source = """
            local a = require("first")
            -- require("not this")
            local b = require 'second' local c = require( "third" )
            required("nor this")
            """
        let found = Rules.requirements(of: source)
        #expect(found.map(\.name) == ["first", "second", "third"])
        #expect(found.map(\.line) == [1, 3, 3])
    }

    @Test func `rules whose libraries differ don't share a program`() {
        let rules = [
            Self.rule("a", ["lib": "1"]), Self.rule("b", ["lib": "2"]), Self.rule("c", ["lib": "1", "other": "x"]), Self.rule("d", [:]),
        ]
        #expect(ProgramDraft.packing(rules).map { $0.rules.map(\.name) } == [["a", "c", "d"], ["b"]])
    }

    @Test func `no program is larger than a runner takes`() {
        let source = String(repeating: "\n", count: 60_000)
        let drafts = ProgramDraft.packing((0..<5).map { Self.rule("\($0)", ["lib\($0)": source], source: source) })
        #expect(drafts.count == 5)
        let programs = drafts.map { $0.program(tenant: Identifier(), vocabulary: Bench.vocabulary) }
        #expect(programs.count { $0.fits } == 5)
    }

    @Test func `rules run for what they declare, in the order of their names`() {
        let rules = TenantRules([Self.rule("b", [:]), Self.rule("a", [:])], tenant: Identifier(), vocabulary: Bench.vocabulary)
        #expect(rules.waiting(.on, for: "e").map(\.name) == ["a", "b"])
        #expect(rules.waiting(.before, for: "e").isEmpty)
        #expect(rules.waiting(.on, for: "f").isEmpty)
    }

    @Test func `fuel is a tenant's own and comes back with the minute`() {
        let fuel = FuelBucket()
        let (one, other) = (Identifier<Tenant>(), Identifier<Tenant>())
        let now = Date(timeIntervalSince1970: 1_767_225_600)
        fuel.spend(FuelBucket.share - 1, for: one, at: now)
        #expect(!fuel.isEmpty(for: one, at: now))
        fuel.spend(1, for: one, at: now)
        #expect(fuel.isEmpty(for: one, at: now))
        #expect(!fuel.isEmpty(for: other, at: now))
        #expect(!fuel.isEmpty(for: one, at: now.addingTimeInterval(60)))
    }

    @Test func `a library is checked without being a script`() async throws {
        let bench = Bench()
        let good = SourceDraft(name: "words", kind: .library, source: "return {}", grants: nil)
        let load = try await bench.pool.check(good.program([:], of: "draft", vocabulary: Bench.vocabulary)).get()
        #expect(load.modules.isEmpty && load.scripts[SourceDraft.id]?.fault == nil)
        let bad = SourceDraft(name: "words", kind: .library, source: "\nreturn = 1", grants: nil)
        let fault = try await bench.pool.check(bad.program([:], of: "draft", vocabulary: Bench.vocabulary)).get().modules["words"]
        #expect(fault?.line == 2)
    }

    private static func rule(_ name: String, _ modules: [String: String], source: String = "") -> PublishedRule {
        PublishedRule(
            script: Identifier(),
            name: name,
            version: Identifier(),
            number: 1,
            source: source,
            grants: nil,
            handlers: [ScriptHandler(hook: .on, name: "e", seconds: nil, at: nil, days: nil)],
            modules: modules,
            onError: .block,
            mode: .live
        )
    }
}
