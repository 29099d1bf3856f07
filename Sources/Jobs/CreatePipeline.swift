import Foundation
import Kernel

struct CreatePipeline: Codable, Sendable {
    let name: Text<100>
    let stages: List<StageDraft, 40>
}

extension Jobs {
    func createPipeline(_ input: CreatePipeline, by member: Member) async throws(Failure) -> Pipeline {
        let stages = try StageDraft.completed(input.stages.elements)
        return try await store.transaction(as: member) { tx in
            try await insertPipeline(name: input.name, stages: stages, tx)
        }
    }

    func insertPipeline(name: Text<100>, stages: [StageDraft], _ tx: TenantTransaction) async throws(Failure) -> Pipeline {
        let id = Identifier<Pipeline>()
        tx.queue(PipelineQueries.insert(id, name: name, tx))
        for (position, stage) in stages.enumerated() {
            tx.queue(PipelineQueries.insertStage(stage, position: position, in: id, tx))
        }
        let pipeline = try await pipeline(id, in: tx)
        try tx.append(PipelineCreated(pipeline: PipelineFact(pipeline)))
        return pipeline
    }
}

extension PipelineFact {
    init(_ pipeline: Pipeline) {
        self.init(id: pipeline.id, name: pipeline.name, stages: pipeline.stages.filter { $0.retiredAt == nil }.map(\.key))
    }
}
