import Foundation
package import Kernel

struct RepeatRun: Codable, Sendable {
    let id: Identifier<ScriptRun>
}

/// The result of executing a run again, next to what its receipt says.
package struct RepeatedRun: Codable, Sendable {
    package let isSame: Bool
    package let differences: [String]
    package let outcome: RunOutcome
    package let reason: String?
    package let code: String?
    package let amendments: JSON
    package let effects: JSON
    package let log: [String]
    package let instructions: Int
}

extension Rules {
    /// Nothing is applied: the version, the event, the time, the random seed and the answers come from the receipt.
    func repeatRun(_ input: RepeatRun, by admin: TenantAdmin) async throws(Failure) -> RepeatedRun {
        try admin.caller.requireScope(.readEvents)
        let kept = try await keptRun(input.id, admin)
        if let obstacle = kept.obstacle { throw .runNotRepeatable(obstacle) }
        guard let occasion = kept.occasion, let vocabulary = kept.vocabulary else { throw .runNotRepeatable }
        let answers = KeptAnswers(kept.exchanges)
        let request = RunnerRequest(kept, at: occasion)
        await gate.trials.lock(admin.tenant)
        defer { gate.trials.unlock(admin.tenant) }
        do throws(RunnerPoolError) {
            let result = try await gate.runners.run(request, of: kept.program(of: admin.tenant, vocabulary)) { read in answers.answer(read)
            }
            return RepeatedRun(result, beside: kept, answers.difference)
        } catch {
            throw .noRunner(error)
        }
    }
}

extension RunnerRequest {
    fileprivate init(_ kept: KeptRun, at occasion: Occasion) {
        var limits = RunnerLimits()
        // Instructions must limit it as they did before; a busy machine must not.
        limits.time = .seconds(5)
        self.init(of: kept.script.description, at: occasion, now: kept.run.ranAt, seed: kept.run.seed, limits: limits)
    }
}

extension RepeatedRun {
    fileprivate init(_ result: RunnerResult, beside kept: KeptRun, _ questions: String?) {
        (outcome, reason, code) = result.outcome.words
        var made: [String: JSON] = [:]
        if case .completed(let amendments) = result.outcome { made = amendments }
        amendments = .object(made)
        effects = .array(result.effects.map(\.json))
        log = result.log
        instructions = result.instructions
        // That effects were not possible isn't the script's doing.
        let wasRefused = kept.run.outcome == .refused
        let pairs: [(String, String?, String?)] = [
            ("outcome", outcome.rawValue, (wasRefused ? .completed : kept.run.outcome).rawValue),
            ("reason", reason, wasRefused ? nil : kept.run.reason), ("code", code, wasRefused ? nil : kept.run.code),
            ("amendments", amendments.text, kept.run.amendments.text), ("effects", effects.text, kept.run.effects.text),
            ("log", JSON(names: log).text, JSON(names: kept.run.log).text),
        ]
        let others = pairs.filter { $0.1 != $0.2 }.map { "The \($0.0) is \($0.1 ?? "missing"), and was \($0.2 ?? "missing")." }
        differences = others + [questions].compactMap(\.self)
        isSame = differences.isEmpty
    }
}
