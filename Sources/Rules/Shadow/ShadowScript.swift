package import Foundation
import Kernel
import Postgres

struct ShadowScript: Codable, Sendable {
    let id: Identifier<Script>
}

/// The version that runs in shadow, and what it found.
package struct ShadowView: Codable, Sendable {
    package let version: Int
    package let since: Date
    package let runs: Int
    /// Runs whose decision differed from the live version's.
    package let divergences: Int
    /// Changes that its `before` handlers were not asked about, because too many came at once.
    package let missed: Int
}

extension Rules {
    /// The draft becomes a version that runs next to the live one without effects.
    func shadow(_ input: ShadowScript, by admin: TenantAdmin) async throws(Failure) -> ScriptView {
        try await changing(by: admin) { tx in
            let script = try await changeable(input.id, in: tx)
            guard script.kind == .rule else { throw Failure.scriptIsLibrary }
            let number = try await version(of: script, comment: nil, in: tx)
            if number != script.shadowVersion {
                tx.queue(ShadowQueries.begin(number, of: script.id, tx))
                try tx.append(ScriptShadowed(script: ScriptFact(script), version: number))
            }
            return script.id
        }
    }

    func endShadow(_ input: ShadowScript, by admin: TenantAdmin) async throws(Failure) -> ScriptView {
        try await changing(by: admin) { tx in
            let script = try await changeable(input.id, in: tx)
            guard let number = script.shadowVersion else { throw Failure.scriptNotInShadow }
            tx.queue(ShadowQueries.end(script.id, tx))
            try tx.append(ScriptShadowEnded(script: ScriptFact(script), version: number, reason: nil))
            return script.id
        }
    }
}

extension ShadowView {
    init(_ row: Row) throws {
        self.init(
            version: try row("version"),
            since: try row("since"),
            runs: try row("runs"),
            divergences: try row("divergences"),
            missed: try row("missed")
        )
    }
}
