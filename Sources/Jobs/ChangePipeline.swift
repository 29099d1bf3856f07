import Kernel

struct ChangePipeline: Codable, Sendable {
    let id: Identifier<Pipeline>
    let ifMatch: ExpectedVersion?
    let name: Text<100>?
    /// Null shares it with every company, an id gives it to one; only the tenant's administrators may.
    let companyId: Patch<Identifier<Company>>
    /// All stages in their new order. One without an id is added; one that is left out is retired and keeps its applications.
    let stages: FilledList<StageChange, 40>?
}

struct StageChange: Codable, Sendable {
    let id: Identifier<Stage>?
    let name: Text<60>
    let category: StageCategory
    /// What candidates are told when they come to it; null tells them nothing, left out it stays.
    let candidateName: Patch<Text<60>>
}

extension ChangePipeline {
    /// Stages that are named as they are, in their order, change nothing.
    fileprivate func changes(_ current: Pipeline) -> Bool {
        if let name, name.value != current.name { return true }
        if companyId.changes(current.companyId) { return true }
        guard let stages else { return false }
        let kept = current.stages.filter { $0.retiredAt == nil }
        return stages.elements.count != kept.count
            || zip(stages.elements, kept).contains { stage, current in
                stage.id != current.id || stage.name.value != current.name || stage.category != current.category
                    || stage.candidateName.changes(current.candidateName) { $0.value }
            }
    }
}

extension Jobs {
    func changePipeline(_ input: ChangePipeline, by member: Member) async throws(Failure) -> Pipeline {
        try await store.transaction(as: member) { tx in
            let scope = member.scope(.managePipelines)
            guard try await !tx.query(PipelineQueries.lock(input.id, visibleTo: member)).isEmpty else { throw Failure.pipelineNotFound }
            let current = try await pipeline(input.id, in: tx)
            guard current.companyId.map(scope.contains) ?? scope.isWholeTenant else { throw Failure.pipelineShared }
            try input.ifMatch?.check(current.version)
            guard input.changes(current) else { return current }
            if input.companyId.isPresent { try await give(current, to: input.companyId.value(or: nil), scope, tx) }
            tx.queue(PipelineQueries.rename(input.id, name: input.name, tx))
            if let stages = input.stages?.elements { try await rearrange(current, as: stages, tx) }
            let changed = try await pipeline(input.id, in: tx)
            try tx.append(PipelineChanged(pipeline: PipelineFact(changed)))
            return changed
        }
    }

    private func give(
        _ pipeline: Pipeline,
        to company: Identifier<Company>?,
        _ scope: CompanyScope,
        _ tx: TenantTransaction
    ) async throws(Failure) {
        guard company != pipeline.companyId else { return }
        guard scope.isWholeTenant else { throw .pipelineShared }
        if let company {
            let others = PipelineQueries.jobBeyond(company, in: pipeline.id, tenant: tx.tenant)
            guard try await tx.query(others).isEmpty else { throw .pipelineUsedByOthers }
        }
        tx.queue(PipelineQueries.setOwner(company, of: pipeline.id, tx))
    }

    private func rearrange(_ pipeline: Pipeline, as stages: [StageChange], _ tx: TenantTransaction) async throws(Failure) {
        let named = stages.compactMap(\.id)
        guard Set(named).count == named.count else { throw .validation("stages", "Must name each stage once.") }
        let known = Dictionary(uniqueKeysWithValues: pipeline.stages.map { ($0.id, $0) })
        for (index, stage) in stages.enumerated() {
            guard let id = stage.id else { continue }
            guard let old = known[id] else { throw .validation("stages.\(index).id", "Is not a stage of this pipeline.") }
            guard old.category == stage.category else {
                throw .validation("stages.\(index).category", "Can't change: it would rewrite the stage's history.")
            }
        }
        let drafts = try StageDraft.completed(
            stages.map { StageDraft(name: $0.name, category: $0.category, candidateName: $0.candidateName.value(or: nil)) }
        )
        tx.queue(PipelineQueries.retireStages(of: pipeline.id, keeping: named, tx))
        for (position, draft) in drafts.enumerated() {
            if position < stages.count, let id = stages[position].id {
                let shown = stages[position].candidateName.value(or: known[id]?.candidateName) { $0.value }
                tx.queue(PipelineQueries.changeStage(id, of: pipeline.id, draft, shownAs: shown, position: position, tx))
            } else {
                tx.queue(PipelineQueries.insertStage(draft, position: position, in: pipeline.id, tx))
            }
        }
    }
}
