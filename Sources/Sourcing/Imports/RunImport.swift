import Candidates
import Foundation
import Identity
import Kernel
import Postgres

/// Goes through an import, some lines at a time: each transaction keeps what it made of them together with them, so that a line is done once,
/// wherever the work is stopped.
struct RunImport: Work {
    static let name = "sourcing.import"
    static let lane = Lane.heavy
    let id: Identifier<CandidateImport>
    /// The last line that is done.
    let after: Int
}

/// What became of a line.
struct LineResult: Sendable {
    let line: Int
    let outcome: ImportOutcome
    var problem: LineProblem?
    var candidate: Identifier<User>?
    var application: UUID?
}

extension Sourcing {
    private static let batch = 50

    /// A dry run does the same, takes it back, and keeps what it would have come to.
    func run(_ work: RunImport, as system: SystemActor) async throws {
        let foreseen: [LineResult]? =
            try await isTrial(work, as: system)
            ? store.trial(as: system) { tx in try await results(of: work, tx) } : nil
        try await store.transaction(as: system) { tx in
            guard try await tx.first(ImportQueries.open(work.id, tx)) != nil else { return }
            let results = if let foreseen { foreseen } else { try await results(of: work, tx) }
            if !results.isEmpty { try tx.queue(ImportQueries.setResults(results, of: work.id, isTrial: foreseen != nil, tx)) }
            if let last = results.last, results.count == Self.batch {
                return try tx.enqueue(RunImport(id: work.id, after: last.line))
            }
            guard let row = try await tx.first(ImportQueries.complete(work.id, tx)) else { return }
            let done = try CandidateImport(row)
            guard !done.dryRun else { return }
            try tx.append(
                CandidatesImported(
                    companyId: done.companyId,
                    importId: done.id,
                    created: done.created,
                    alreadyThere: done.alreadyThere,
                    refused: done.refused
                )
            )
        }
    }

    private func isTrial(_ work: RunImport, as system: SystemActor) async throws(Failure) -> Bool {
        let row = try await store.query(as: system, ImportQueries.one(work.id, tenant: system.tenant)).first
        return try reading { try row.map { try $0("is_trial") } ?? false }
    }

    private func results(of work: RunImport, _ tx: TenantTransaction) async throws(Failure) -> [LineResult] {
        guard let row = try await tx.first(ImportQueries.open(work.id, tx)) else { return [] }
        let running = try reading { try CandidateImport(row) }
        let lines = try await tx.query(ImportQueries.waiting(work.id, after: work.after, limit: Self.batch, tenant: tx.tenant)).decoded {
            ImportedLine(number: try $0("line"), fields: try $0.json("fields"))
        }
        var results: [LineResult] = []
        for line in lines { results.append(try await result(of: line, running, tx)) }
        return results
    }

    private func result(of line: ImportedLine, _ running: CandidateImport, _ tx: TenantTransaction) async throws(Failure) -> LineResult {
        let new: NewCandidate
        do { new = try line.candidate(source: running.source) } catch {
            return LineResult(line: line.number, outcome: .refused, problem: error)
        }
        if let row = try await tx.first(ImportQueries.known(line.number, of: running, tenant: tx.tenant)) {
            return LineResult(line: line.number, outcome: .alreadyThere, candidate: try reading { try row("id") })
        }
        tx.queue("SAVEPOINT line")
        do {
            tx.queue(Identity.insertSourced(new.person, tx))
            try candidates.add(new, to: running.companyId, by: running.createdBy, in: tx)
            let application = try await enter(new, running.jobId, of: running.companyId, tx)
            tx.queue("RELEASE SAVEPOINT line")
            return LineResult(line: line.number, outcome: .created, candidate: new.person.id, application: application?.uuid)
        } catch {
            guard error.kind != .internal, error.kind != .unavailable else { throw error }
            tx.queue("ROLLBACK TO SAVEPOINT line")
            let problem = LineProblem(field: "jobId", text: error.details["jobId"]?.string ?? error.message)
            return LineResult(line: line.number, outcome: .refused, problem: problem)
        }
    }
}
