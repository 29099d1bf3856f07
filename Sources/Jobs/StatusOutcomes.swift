package import Kernel

extension StageCategory {
    /// How far a stage of this category takes an application.
    var outcome: StatusOutcome {
        switch self {
        case .applied: .reached(0)
        case .screening: .reached(1)
        case .assessment: .reached(2)
        case .interview: .reached(3)
        case .offer: .reached(4)
        case .hired: .reached(5)
        case .rejected: .rejected
        case .withdrawn: .withdrawn
        }
    }
}

extension Jobs {
    /// How far each status of the tenant's pipelines takes an application; if pipelines disagree about a name, the first counts.
    package func outcomes(for actor: SystemActor) async throws(Failure) -> [String: StatusOutcome] {
        let rows = try await store.query(as: actor, PipelineQueries.pipelines(tenant: actor.tenant, id: nil))
        let stages = try Pipeline.grouping(rows).flatMap(\.stages)
        let standard = StageCategory.allCases.map { ($0.rawValue, $0.outcome) }
        return Dictionary(stages.map { ($0.key, $0.category.outcome) } + standard, uniquingKeysWith: { first, _ in first })
    }
}
