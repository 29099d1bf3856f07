import Foundation
import Kernel

struct UpdateJob: Codable, Sendable {
    let id: Identifier<Job>
    let ifMatch: ExpectedVersion?
    let title: Text<200>?
    let description: Text<20000>?
    let department: Patch<Text<100>>
    let location: Patch<Text<200>>
    let workplace: Workplace?
    let employmentType: EmploymentType?
    let openings: Bounded<1, 1000>?
    let salary: Patch<SalaryRange>
    let requirements: Requirements?
    let questions: List<Question, 50>?
    let customFields: [String: JSON]?
    let pipelineId: Identifier<Pipeline>?
    let status: JobStatus?
    let closesAt: Patch<Date>
}

extension Jobs {
    func update(_ input: UpdateJob, by member: Member) async throws(Failure) -> Job {
        try await store.transaction(as: member) { tx in
            let job = try await editableJob(input.id, by: member, tx)
            try input.ifMatch?.check(job.version)
            let details = JobDetails(
                salary: input.salary.value(or: job.salary),
                requirements: input.requirements ?? job.requirements,
                questions: input.questions ?? job.questions,
                customFields: input.customFields ?? job.customFields
            )
            try JobDetails.check(details.salary, details.questions)
            if input.pipelineId.map({ $0 != job.pipelineId }) ?? false, job.publishedAt != nil { throw Failure.pipelineInUse }
            if let pipeline = input.pipelineId, pipeline != job.pipelineId { try await requirePipeline(pipeline, for: job.companyId, tx) }
            try tx.queue(JobQueries.update(job, input, details: details, tx))
            // The job as changed: that is what the rules and everybody else see.
            if let status = input.status, status != job.status { try await become(status, try await self.job(job.id, in: tx), tx) }
            let updated = try await self.job(job.id, in: tx)
            try tx.append(JobUpdated(job: JobFact(updated), changed: input.changedFields))
            return updated
        }
    }

    /// The job under lock, if the member manages jobs of its company.
    func editableJob(_ id: Identifier<Job>, by member: Member, _ tx: TenantTransaction) async throws(Failure) -> Job {
        let job = try await job(id, in: tx, lock: .change)
        guard member.scope(.manageJobs).contains(job.companyId) else { throw .jobNotFound }
        return job
    }

    /// Changes a job's status, if its current one allows it, and appends the event.
    func become(_ status: JobStatus, _ job: Job, _ tx: TenantTransaction) async throws(Failure) {
        guard job.status.canBecome(status) else { throw .illegalJobStatus }
        if status == .published {
            guard try await isOpen(job, in: tx) else { throw .companyNotApproved }
            _ = try await tx.propose(JobPublishing(job: JobFact(job)))
        }
        tx.queue(JobQueries.setStatus(status, of: job, tx))
        switch status {
        case .published: try tx.append(JobPublished(job: JobFact(job, status: .published), channels: job.channels))
        case .closed, .archived: try tx.append(JobClosed(job: JobFact(job, status: status)))
        case .draft, .paused: break
        }
    }
}

extension UpdateJob {
    var changedFields: [String] {
        let present: [(String, Bool)] = [
            ("title", title != nil), ("description", description != nil), ("department", department.isPresent),
            ("location", location.isPresent), ("workplace", workplace != nil), ("employmentType", employmentType != nil),
            ("openings", openings != nil), ("salary", salary.isPresent), ("requirements", requirements != nil),
            ("questions", questions != nil), ("customFields", customFields != nil), ("pipelineId", pipelineId != nil),
            ("status", status != nil), ("closesAt", closesAt.isPresent),
        ]
        return present.filter(\.1).map(\.0)
    }
}
