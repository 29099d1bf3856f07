import Foundation
package import Kernel

/// One test of a rule: what happens, what the rule is told when it asks, and what the result must be. Parsed strictly, so that a typo can't
/// make a test check nothing.
package struct Fixture: Codable, Sendable {
    /// The answer to a read, instead of the tenant's data.
    package struct Answer: Codable, Sendable {
        let name: String
        /// If left out: whatever the arguments.
        let arguments: [String: JSON]?
        let value: JSON?
        /// Instead of a value: the error that the rule gets.
        let error: String?
    }

    /// Who did it.
    package struct Actor: Codable, Sendable {
        package enum Kind: String, Codable, CaseIterable, Sendable {
            case anonymous, user, rule, system
        }

        let kind: Kind
        let id: Identifier<User>?
    }

    package let title: Text<200>
    /// If left out: taken from the event's name.
    let hook: RunnerHook?
    /// The name of an event or a proposal, or an interval.
    let event: Text<100>
    /// Merged into the declared sample, member by member; a list replaces the sample's.
    let payload: [String: JSON]?
    let now: Date?
    let seed: Bounded<0, 2_147_483_647>?
    /// What is in the tenant's store.
    let store: [String: JSON]?
    let answers: [Answer]?
    let actor: Actor?
    let expect: Expectation

    /// From a file.
    package init(parsing bytes: some Collection<UInt8>) throws(FixtureProblem) {
        let json: JSON
        do throws(JSONSyntaxError) {
            json = try JSON(parsing: bytes)
        } catch {
            let line = bytes.prefix(error.offset).count { $0 == UInt8(ascii: "\n") } + 1
            throw FixtureProblem(["line \(line): \(error.problem)."])
        }
        do throws(Failure) {
            self = try InputSource(body: json).decode()
        } catch {
            throw FixtureProblem(error)
        }
    }
}

/// The expected result of a run. What is left out is not compared, except that a rule must not fail unless that is expected.
struct Expectation: Codable, Sendable {
    enum Outcome: String, Codable, CaseIterable, Sendable {
        case completed, rejected, failed
    }

    struct Effect: Codable, Sendable {
        let operation: String
        /// The whole target, or only its id.
        let target: JSON?
        let arguments: [String: JSON]?
    }

    let outcome: Outcome?
    let reason: String?
    let code: String?
    let amendments: [String: JSON]?
    let effects: [Effect]?
    let log: [String]?

    var isEmpty: Bool {
        outcome == nil && reason == nil && code == nil && amendments == nil && effects == nil && log == nil
    }
}

/// Why a fixture can't be run.
package struct FixtureProblem: Error, Sendable {
    package let lines: [String]

    init(_ lines: [String]) {
        self.lines = lines
    }

    /// `prefix` is where in the fixture the fields are.
    init(_ failure: Failure, in prefix: String = "") {
        let fields = failure.details.sorted { $0.key < $1.key }.map { "\(prefix)\($0.key): \($0.value.string ?? $0.value.text)" }
        lines = fields.isEmpty ? [failure.message] : fields
    }
}
