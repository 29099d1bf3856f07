package import Approvals
package import Identity
package import Kernel
package import Notifications
package import Postgres

/// How a transaction locks the job that it reads.
package enum JobLock: Sendable {
    case none
    /// Nobody changes it until the transaction ends; any number may hold this lock.
    case steady
    case change
}

/// Requisitions and the pipelines that applications to them move through.
package struct Jobs: Capability {
    let store: TenantStore
    let identity: Identity
    let notifications: Notifications
    let approvals: Approvals

    package init(store: TenantStore, identity: Identity, notifications: Notifications, approvals: Approvals) {
        self.store = store
        self.identity = identity
        self.notifications = notifications
        self.approvals = approvals
    }

    package static var events: [any Event.Type] {
        [
            JobCreated.self, JobUpdated.self, JobDeleted.self, JobPublished.self, JobClosed.self, TeamChanged.self, PipelineCreated.self,
            PipelineChanged.self,
        ]
    }

    package static var proposals: [any Proposal.Type] { [JobPublishing.self] }

    package static var part: APIPart { .hiring }
    package static var countedTables: [StaticString] { ["jobs"] }

    package static var constraints: [String: Failure] {
        [
            "jobs_company": .companyUnknown,
            "jobs_pipeline": .pipelineUnknown,
            "pipelines_name_key": .pipelineNameTaken,
            "pipelines_company": .companyUnknown,
            "stages_key": .validation("stages", "Must have different names."),
        ]
    }

    /// The job as others need it when something happens to an application.
    package func job(_ id: Identifier<Job>, in transaction: TenantTransaction, lock: JobLock = .none) async throws(Failure) -> Job {
        try Self.job(try await transaction.query(JobQueries.job(id, tenant: transaction.tenant, lock: lock)))
    }

    /// What `job` reads without a lock, and `pipeline` of the job: for whoever reads more in the same round trip. A job that the member isn't
    /// to know of isn't found.
    package static func statement(for job: Identifier<Job>, knownTo member: Member) -> SQL {
        JobQueries.job(job, knownTo: member.caller)
    }

    package static func job(_ rows: Rows) throws(Failure) -> Job {
        guard let row = rows.first else { throw .jobNotFound }
        return try Job(checking: row)
    }

    package static func pipelineStatement(of job: Identifier<Job>, tenant: Identifier<Tenant>) -> SQL {
        PipelineQueries.pipeline(of: job, tenant: tenant)
    }

    package static func pipeline(_ rows: Rows) throws(Failure) -> Pipeline {
        guard let pipeline = try Pipeline.grouping(rows).first else { throw .pipelineNotFound }
        return pipeline
    }

    /// Whether the job's company may be seen by others; it stays so until the transaction ends.
    package func isOpen(_ job: Job, in transaction: TenantTransaction) async throws(Failure) -> Bool {
        try await transaction.first(JobQueries.approvedCompany(job.companyId, transaction)) != nil
    }

    package func jobs(_ ids: [Identifier<Job>], in transaction: TenantTransaction) async throws(Failure) -> [Identifier<Job>: Job] {
        let jobs = try await transaction.query(JobQueries.jobs(ids, tenant: transaction.tenant)).decoded { try Job(checking: $0) }
        return Dictionary(jobs.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    package func pipelines(
        _ ids: Set<Identifier<Pipeline>>,
        in transaction: TenantTransaction
    ) async throws(Failure) -> [Identifier<Pipeline>: Pipeline] {
        let rows = try await transaction.query(PipelineQueries.pipelines(Array(ids), tenant: transaction.tenant))
        return Dictionary(try Pipeline.grouping(rows).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    package func pipeline(
        _ id: Identifier<Pipeline>,
        in transaction: TenantTransaction
    ) async throws(Failure) -> Pipeline {
        try Self.pipeline(try await transaction.query(PipelineQueries.pipelines(tenant: transaction.tenant, id: id)))
    }
}
