import Kernel

extension Jobs {
    func listPipelines(_ input: NoInput, by member: Member) async throws(Failure) -> Items<Pipeline> {
        let rows = try await store.query(as: member, PipelineQueries.pipelines(tenant: member.tenant, id: nil))
        return Items(try Pipeline.grouping(rows))
    }
}
