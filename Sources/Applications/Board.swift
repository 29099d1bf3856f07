import Foundation
package import Jobs
package import Kernel
import Postgres

struct ShowBoard: Codable, Sendable {
    let id: Identifier<Job>
    /// Only this column, for paging through it.
    let stage: Text<60>?
    let page: PageNumber?
    let limit: Bounded<1, 100>?
}

/// A job's pipeline with its applications, as a recruiter sees it.
package struct Board: Codable, Sendable {
    package struct Column: Codable, Sendable {
        package let stage: Stage
        package let count: Int
        /// True if there are more than `count`: counting stopped there.
        package let isAtLeast: Bool?
        package let cards: [ApplicationSummary]
    }

    package let jobId: Identifier<Job>
    package let title: String
    package let columns: [Column]
}

extension Applications {
    func board(_ input: ShowBoard, by member: Member) async throws(Failure) -> Board {
        let request = try PageRequest(page: input.page, limit: input.limit)
        let found = try await store.queries(
            as: member,
            [
                Jobs.statement(for: input.id, knownTo: member), Jobs.pipelineStatement(of: input.id, tenant: member.tenant),
                ApplicationQueries.board(input.id, stage: input.stage?.value, request, seenBy: member),
            ]
        )
        let job = try Jobs.job(found[0])
        guard member.scope(.viewApplications).contains(job.companyId) else { throw .jobNotFound }
        let pipeline = try Jobs.pipeline(found[1])
        return try reading {
            Board(jobId: job.id, title: job.title, columns: try columns(of: pipeline, only: input.stage?.value, found[2]))
        }
    }

    private func columns(of pipeline: Pipeline, only key: String?, _ rows: Rows) throws -> [Board.Column] {
        var counts: [Identifier<Stage>: Int] = [:]
        var cards: [Identifier<Stage>: [ApplicationSummary]] = [:]
        for row in rows {
            let stage: Identifier<Stage> = try row("stage_id")
            counts[stage] = try row("count")
            if try (row("id") as UUID?) != nil { cards[stage, default: []].append(try ApplicationSummary(row)) }
        }
        return pipeline.stages.compactMap { stage in
            guard key.map({ $0 == stage.key }) ?? true else { return nil }
            let count = counts[stage.id] ?? 0
            // A retired stage is shown as long as somebody is in it.
            guard stage.retiredAt == nil || count > 0 else { return nil }
            return Board.Column(
                stage: stage,
                count: min(count, ListQuery.mostCounted),
                isAtLeast: count > ListQuery.mostCounted ? true : nil,
                cards: cards[stage.id] ?? []
            )
        }
    }
}
