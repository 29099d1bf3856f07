import Foundation
import Kernel

struct CreatePipeline: Codable, Sendable {
    /// The company it belongs to. If it is left out: the one company in which the member manages pipelines; an administrator of the tenant
    /// shares it with all.
    let companyId: Identifier<Company>?
    let name: Text<100>
    let stages: FilledList<StageDraft, 40>
}

extension Jobs {
    func createPipeline(_ input: CreatePipeline, by member: Member) async throws(Failure) -> Pipeline {
        let stages = try StageDraft.completed(input.stages.elements)
        let company = try owner(of: input, by: member)
        return try await store.transaction(as: member) { tx in
            try await insertPipeline(name: input.name, stages: stages, of: company, tx)
        }
    }

    private func owner(of input: CreatePipeline, by member: Member) throws(Failure) -> Identifier<Company>? {
        let scope = member.scope(.managePipelines)
        if let company = input.companyId {
            guard scope.contains(company) else { throw .companyUnknown }
            return company
        }
        guard case .some(let companies) = scope else { return nil }
        guard let only = companies.first, companies.count == 1 else {
            throw .validation("companyId", "Is required, because you manage pipelines of several companies.")
        }
        return only
    }

    func insertPipeline(
        name: Text<100>,
        stages: [StageDraft],
        of company: Identifier<Company>?,
        _ tx: TenantTransaction
    ) async throws(Failure) -> Pipeline {
        let id = Identifier<Pipeline>()
        tx.queue(PipelineQueries.insert(id, name: name, of: company, tx))
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
        self.init(
            id: pipeline.id,
            companyId: pipeline.companyId,
            name: pipeline.name,
            stages: pipeline.stages.filter { $0.retiredAt == nil }.map(\.key)
        )
    }
}
