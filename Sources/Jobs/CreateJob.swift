import Foundation
import Kernel
import Postgres

struct CreateJob: Codable, Sendable {
    let companyId: Identifier<Company>
    let pipelineId: Identifier<Pipeline>?
    let title: Text<200>
    let description: Text<20000>
    let department: Text<100>?
    let location: Text<200>?
    let workplace: Workplace?
    let employmentType: EmploymentType?
    let openings: Bounded<1, 1000>?
    let salary: SalaryRange?
    let requirements: Requirements?
    let questions: List<Question, 50>?
    let customFields: [String: JSON]?
    let channels: List<Text<60>, 20>?
    let closesAt: DayEnd?
    /// Known to its hiring team alone.
    let isConfidential: Bool?
}

extension Jobs {
    func create(_ input: CreateJob, by member: Member) async throws(Failure) -> Job {
        guard member.scope(.manageJobs).contains(input.companyId) else { throw .companyUnknown }
        try JobDetails.check(input.salary, input.questions)
        return try await store.transaction(as: member) { tx in
            let pipeline = try await pipelineForNewJob(input.pipelineId, of: input.companyId, tx)
            let id = Identifier<Job>()
            let details = JobDetails(
                salary: input.salary,
                requirements: input.requirements ?? .none,
                questions: input.questions ?? .none,
                customFields: input.customFields ?? [:]
            )
            try tx.queue(JobQueries.insert(id, input, pipeline: pipeline, details: details, tx))
            let job = try await job(id, in: tx)
            try closeInTime(job, tx)
            try tx.append(JobCreated(job: JobFact(job)))
            try await joinTeam(of: job, tx)
            return job
        }
    }

    /// A company's first pipeline is created when its first job needs one and there is no shared one.
    private func pipelineForNewJob(
        _ wanted: Identifier<Pipeline>?,
        of company: Identifier<Company>,
        _ tx: TenantTransaction
    ) async throws(Failure) -> Identifier<Pipeline> {
        if let wanted {
            try await requirePipeline(wanted, for: company, tx)
            return wanted
        }
        if let row = try await tx.first(PipelineQueries.standard(for: company, tenant: tx.tenant)) {
            return try reading { try row("id") }
        }
        return try await insertPipeline(name: Text.standardPipelineName, stages: StageDraft.standard, of: company, tx).id
    }

    /// The company's own or a shared one; it stays so until the transaction ends.
    func requirePipeline(_ id: Identifier<Pipeline>, for company: Identifier<Company>, _ tx: TenantTransaction) async throws(Failure) {
        guard try await !tx.query(PipelineQueries.usable(id, for: company, tenant: tx.tenant)).isEmpty else { throw .pipelineUnknown }
    }
}
