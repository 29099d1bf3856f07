import Kernel
import Rules

extension RuleReport {
    /// One line for a rule that passes; otherwise with the differences below.
    package func lines(withCoverage: Bool) -> [String] {
        let counts = trials.count == 1 ? "1 fixture" : "\(trials.count) fixtures"
        let verdict = failed == 0 ? counts : "\(counts), \(failed) failed"
        var lines = ["\(passed ? "ok  " : "FAIL") \(name): \(problems.isEmpty ? verdict : "not run")"]
        lines += problems.map { "     \($0.text)" }
        for trial in trials where !trial.report.passed { lines += trial.lines }
        if withCoverage { lines += unreached.map { "     warning: no fixture reaches \($0.hook)(\"\($0.name)\")" } }
        return lines
    }

    /// `12 rules, 57 fixtures, 0 failed`
    package static func summary(_ reports: [RuleReport]) -> String {
        let fixtures = reports.reduce(0) { $0 + $1.trials.count }
        let failed = reports.reduce(0) { $0 + ($1.problems.isEmpty ? $1.failed : 1) }
        return "\(reports.count) rules, \(fixtures) fixtures, \(failed) failed"
    }
}

extension RuleReport.Trial {
    fileprivate var lines: [String] {
        var lines = ["     \(file)\(title.map { ": \($0)" } ?? "")"]
        lines += report.problems.map { "       \($0)" }
        for difference in report.differences {
            lines.append("       \(difference.path)")
            lines.append("         expected \(difference.expected?.text ?? "nothing")")
            lines.append("         got      \(difference.got?.text ?? "nothing")")
        }
        // If the run itself failed, its last words say more than what is missing.
        if let reason = report.reason, !report.differences.contains(where: { $0.path == "reason" }) {
            lines.append("       it said: \(reason)")
        }
        return lines + report.log.map { "       log: \($0)" }
    }
}
