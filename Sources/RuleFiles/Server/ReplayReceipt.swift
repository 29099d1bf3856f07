package import Kernel

/// A run from its receipt, and the result of executing it again.
package struct ReplayedReceipt: Sendable {
    private let run: JSON
    /// Nil if the receipt lacks something needed for that.
    private let again: JSON?

    package init(_ id: Identifier<ReplayedReceipt>, on server: RuleServer) async throws {
        run = try await server.get("/admin/runs/\(id)")
        again = run["canRerun"] == true ? try await server.call("POST", "/admin/runs/\(id)/rerun") : nil
    }

    package var isSame: Bool { again?["isSame"] == true }

    package var lines: [String] { happened + did + cost + verdict }

    private var happened: [String] {
        let rule = run["scriptName"]?.string ?? run["scriptId"]?.string ?? ""
        var lines = ["rule      \(rule), version \(number("version"))\(run["mode"] == "shadow" ? ", in shadow" : "")"]
        lines.append("ran for   \(text("hook")) \(text("event"))\(run["eventId"]?.string.map { " \($0)" } ?? "")")
        lines.append("at        \(text("ranAt"))")
        return lines
    }

    private var did: [String] {
        var lines = ["outcome   \(text("outcome"))\(run["reason"]?.string.map { ": \($0)" } ?? "")"]
        if case .object(let amendments)? = run["amendments"] {
            lines += amendments.sorted { $0.key < $1.key }.map { "amended   \($0.key) = \($0.value.text)" }
        }
        lines += (run["effects"]?.elements ?? []).map { "effect    \(Self.words(of: $0))" }
        if run["isHeld"] == true { lines.append("          its effects were held back") }
        lines += (run["log"]?.elements ?? []).compactMap(\.string).map { "log       \($0)" }
        return lines
    }

    private var cost: [String] {
        ["cost      \(number("instructions")) instructions, \(number("memoryPeak")) bytes, \(number("durationMicroseconds")) microseconds"]
    }

    private var verdict: [String] {
        guard let again else { return ["again     can't be executed: \(text("obstacle"))"] }
        if isSame { return ["again     same, bit for bit"] }
        return ["again     NOT the same"] + (again["differences"]?.elements ?? []).compactMap(\.string).map { "          \($0)" }
    }

    /// `application:move 0198... {"status":"screening"}`
    private static func words(of effect: JSON) -> String {
        [effect["operation"]?.string, effect["target"]?["id"]?.string, effect["arguments"]?.text].compactMap(\.self).joined(separator: " ")
    }

    private func text(_ name: String) -> String { run[name]?.string ?? "" }

    private func number(_ name: String) -> Int {
        guard case .integer(let number)? = run[name] else { return 0 }
        return number
    }
}
