import Kernel

struct ShowPipeline: Codable, Sendable {
    let id: Identifier<Pipeline>
}

extension Jobs {
    /// Another company's is not found.
    func showPipeline(_ input: ShowPipeline, by member: Member) async throws(Failure) -> Pipeline {
        try Self.pipeline(try await store.query(as: member, PipelineQueries.pipeline(input.id, visibleTo: member)))
    }

    func listPipelines(_ input: NoInput, by member: Member) async throws(Failure) -> Items<Pipeline> {
        let rows = try await store.query(as: member, PipelineQueries.pipelines(visibleTo: member))
        return Items(try Pipeline.grouping(rows))
    }
}
