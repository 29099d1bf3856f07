import Kernel

extension Jobs {
    func listPipelines(_ input: NoInput, by member: Member) async throws(Failure) -> Items<Pipeline> {
        let rows = try await store.query(as: member, PipelineQueries.pipelines(visibleTo: member))
        return Items(try Pipeline.grouping(rows))
    }
}
