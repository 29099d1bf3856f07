import Approvals
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
    let closesAt: Patch<DayEnd>
    let isConfidential: Bool?
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
            let changed = try input.fieldsChanged(from: job, to: details)
            guard !changed.isEmpty else { return job }
            try tx.queue(JobQueries.update(job, input, details: details, tx))
            // The job as changed: that is what the rules and everybody else see.
            let edited = try await self.job(job.id, in: tx)
            try await check(edited, after: job, becoming: input.status ?? job.status, tx)
            if let status = input.status, status != edited.status, status != job.status {
                try await become(status, edited, tx)
            } else if job.status == .published, let end = input.closesAt.value(or: job.closesAt, as: \.date), end <= tx.now {
                tx.queue(JobQueries.setStatus(.closed, of: job, tx))
                try tx.append(JobClosed(job: JobFact(try await self.job(job.id, in: tx), status: .closed)))
            }
            let updated = try await self.job(job.id, in: tx)
            if updated.isConfidential, !job.isConfidential { try await joinTeam(of: updated, tx) }
            if input.closesAt.isPresent { try closeInTime(updated, tx) }
            try tx.append(JobUpdated(job: JobFact(updated), changed: changed))
            return updated
        }
    }

    /// The job under lock, if the member manages jobs of its company.
    func editableJob(_ id: Identifier<Job>, by member: Member, _ tx: TenantTransaction) async throws(Failure) -> Job {
        let job = try await job(id, in: tx, lock: .change)
        guard member.scope(.manageJobs).contains(job.companyId) else { throw .jobNotFound }
        // Looked at under the job's lock: nobody leaves or joins its team meanwhile.
        if job.isConfidential, try await tx.first(JobQueries.job(id, knownTo: member.caller)) == nil { throw .jobNotFound }
        return job
    }

    /// Changes a job's status, if its current one allows it, and appends the event.
    func become(_ status: JobStatus, _ job: Job, _ tx: TenantTransaction) async throws(Failure) {
        guard job.status.canBecome(status) else { throw .illegalJobStatus }
        if status == .published {
            if let end = job.closesAt, end <= tx.now { throw .validation("closesAt", "Has passed. Set a later one, or none.") }
            guard try await isOpen(job, in: tx) else { throw .companyNotApproved }
            try await approvals.require(try job.matter, in: tx)
            _ = try await tx.propose(JobPublishing(job: JobFact(job)))
        }
        tx.queue(JobQueries.setStatus(status, of: job, tx))
        switch status {
        case .published: try tx.append(JobPublished(job: JobFact(job, status: .published), channels: job.channels))
        case .closed, .archived:
            try await approvals.cancel(.job, of: job.id.uuid, in: tx)
            try tx.append(JobClosed(job: JobFact(job, status: status)))
        case .draft, .paused: break
        }
    }
}

extension UpdateJob {
    /// What is different from the job as it is. Nothing else counts as a change.
    fileprivate func fieldsChanged(from job: Job, to details: JobDetails) throws(Failure) -> [String] {
        func differ(_ one: some Encodable, _ other: some Encodable) throws(Failure) -> Bool {
            do { return try JSON(encoding: one) != JSON(encoding: other) } catch { throw .internal(error) }
        }
        let fields: [(String, Bool)] = [
            ("title", title.map { $0.value != job.title } ?? false),
            ("description", description.map { $0.value != job.description } ?? false),
            ("department", department.changes(job.department, as: \.value)), ("location", location.changes(job.location, as: \.value)),
            ("workplace", workplace.map { $0 != job.workplace } ?? false),
            ("employmentType", employmentType.map { $0 != job.employmentType } ?? false),
            ("openings", openings.map { $0.value != job.openings } ?? false), ("salary", salary.changes(job.salary)),
            ("requirements", try differ(details.requirements, job.requirements)),
            ("questions", try differ(details.questions, job.questions)), ("customFields", details.customFields != job.customFields),
            ("pipelineId", pipelineId.map { $0 != job.pipelineId } ?? false), ("status", status.map { $0 != job.status } ?? false),
            ("closesAt", closesAt.changes(job.closesAt, as: \.date)),
            ("isConfidential", isConfidential.map { $0 != job.isConfidential } ?? false),
        ]
        return fields.filter(\.1).map(\.0)
    }
}
