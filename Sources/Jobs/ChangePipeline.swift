import Kernel

struct ChangePipeline: Codable, Sendable {
    let id: Identifier<Pipeline>
    let ifMatch: ExpectedVersion?
    let name: Text<100>?
    /// All stages in their new order. One without an id is added; one that is left out is retired and keeps its applications.
    let stages: List<StageChange, 40>?
}

struct StageChange: Codable, Sendable {
    let id: Identifier<Stage>?
    let name: Text<60>
    let category: StageCategory
}

extension Jobs {
    func changePipeline(_ input: ChangePipeline, by member: Member) async throws(Failure) -> Pipeline {
        try await store.transaction(as: member) { tx in
            let rows = try await tx.query(PipelineQueries.lock(input.id, tenant: tx.tenant))
            guard !rows.isEmpty else { throw Failure.pipelineNotFound }
            let beyond = PipelineQueries.jobBeyond(member.scope(.managePipelines), in: input.id, tenant: tx.tenant)
            guard try await tx.query(beyond).isEmpty else { throw Failure.pipelineShared }
            let current = try await pipeline(input.id, in: tx)
            try input.ifMatch?.check(current.version)
            tx.queue(PipelineQueries.rename(input.id, name: input.name, tx))
            if let stages = input.stages?.elements { try await rearrange(current, as: stages, tx) }
            let changed = try await pipeline(input.id, in: tx)
            try tx.append(PipelineChanged(pipeline: PipelineFact(changed)))
            return changed
        }
    }

    private func rearrange(_ pipeline: Pipeline, as stages: [StageChange], _ tx: TenantTransaction) async throws(Failure) {
        let named = stages.compactMap(\.id)
        guard Set(named).count == named.count else { throw .validation("stages", "Must name each stage once.") }
        let known = Dictionary(uniqueKeysWithValues: pipeline.stages.map { ($0.id, $0) })
        for (index, stage) in stages.enumerated() {
            guard let id = stage.id else { continue }
            guard let old = known[id] else { throw .validation("stages.\(index).id", "Is not a stage of this pipeline.") }
            guard old.category == stage.category else {
                throw .validation("stages.\(index).category", "Can't change: what happened in the stage would read differently.")
            }
        }
        let drafts = try StageDraft.completed(stages.map { StageDraft(name: $0.name, category: $0.category) })
        tx.queue(PipelineQueries.retireStages(of: pipeline.id, keeping: named, tx))
        for (position, draft) in drafts.enumerated() {
            if position < stages.count, let id = stages[position].id {
                tx.queue(PipelineQueries.changeStage(id, of: pipeline.id, draft, position: position, tx))
            } else {
                tx.queue(PipelineQueries.insertStage(draft, position: position, in: pipeline.id, tx))
            }
        }
    }
}
