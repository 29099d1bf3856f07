package import Kernel

/// The result of running a fixture.
package struct FixtureReport: Sendable {
    /// Something that differs from what was expected; nil if one side has nothing.
    package struct Difference: Sendable, Hashable {
        package let path: String
        package let expected: JSON?
        package let got: JSON?
    }

    /// The handler that it reached.
    package var handler: ScriptHandler?
    /// What is wrong with the fixture, or with the effects that the rule asked for.
    package var problems: [String] = []
    package var differences: [Difference] = []
    /// Why the run did not complete.
    package var reason: String?
    package var log: [String] = []

    package var passed: Bool { problems.isEmpty && differences.isEmpty }

    init() {}

    /// For a fixture that can't be run.
    package init(_ problem: FixtureProblem) {
        problems = problem.lines
    }
}

extension Expectation {
    func differences(from result: RunnerResult) -> [FixtureReport.Difference] {
        let (outcome, reason, code) = result.outcome.words
        var amendments: [String: JSON] = [:]
        if case .completed(let made) = result.outcome { amendments = made }
        var differences: [FixtureReport.Difference] = []
        func compare(_ path: String, _ expected: JSON?, _ got: JSON?) {
            guard let expected else { return }
            guard let got else { return differences.append(.init(path: path, expected: expected, got: nil)) }
            differences += expected.differences(from: got, at: path)
        }
        compare("outcome", expectedOutcome(outcome), .string(outcome.rawValue))
        compare("reason", self.reason.map(JSON.string), reason.map(JSON.string))
        compare("code", self.code.map(JSON.string), code.map(JSON.string))
        compare("amendments", self.amendments.map(JSON.object), .object(amendments))
        if let effects { differences += self.differences(effects, result.effects) }
        compare("log", log.map(JSON.init(names:)), JSON(names: result.log))
        return differences
    }

    /// A failure is never expected unless the fixture says so.
    private func expectedOutcome(_ outcome: RunOutcome) -> JSON? {
        if let expected = self.outcome { return .string(expected.rawValue) }
        return outcome == .failed ? .string(Outcome.completed.rawValue) : nil
    }

    private func differences(_ expected: [Effect], _ got: [RunnerEffect]) -> [FixtureReport.Difference] {
        guard expected.count == got.count else {
            return [.init(path: "effects", expected: .array(expected.map(\.json)), got: .array(got.map(\.json)))]
        }
        return zip(expected, got).enumerated().flatMap { index, pair in
            pair.0.json.differences(from: pair.0.comparable(pair.1), at: "effects.\(index)")
        }
    }
}

extension Expectation.Effect {
    var json: JSON {
        var members: [String: JSON] = ["operation": .string(operation)]
        members["target"] = target
        members["arguments"] = arguments.map(JSON.object)
        return .object(members)
    }

    /// The parts of an effect that this expectation mentions.
    func comparable(_ effect: RunnerEffect) -> JSON {
        guard case .object(var members) = effect.json else { return .null }
        if target == nil { members["target"] = nil }
        if case .string = target { members["target"] = effect.target.map { .string($0.id) } }
        if arguments == nil { members["arguments"] = nil }
        return .object(members)
    }
}

extension JSON {
    /// How another value differs from this expectation. Whole numbers are equal with or without a fraction of zero.
    func differences(from other: JSON, at path: String) -> [FixtureReport.Difference] {
        switch (self, other) {
        case (.object(let wanted), .object(let found)):
            return Set(wanted.keys).union(found.keys).sorted().flatMap { key -> [FixtureReport.Difference] in
                let place = path.isEmpty ? key : "\(path).\(key)"
                guard let value = wanted[key], let there = found[key] else {
                    return [.init(path: place, expected: wanted[key], got: found[key])]
                }
                return value.differences(from: there, at: place)
            }
        case (.array(let wanted), .array(let found)) where wanted.count == found.count:
            return zip(wanted, found).enumerated().flatMap { $1.0.differences(from: $1.1, at: "\(path).\($0)") }
        case (.integer(let whole), .number(let number)), (.number(let number), .integer(let whole)):
            return Double(whole) == number ? [] : [.init(path: path, expected: self, got: other)]
        default: return self == other ? [] : [.init(path: path, expected: self, got: other)]
        }
    }
}
