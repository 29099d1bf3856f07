import Approvals
import Foundation
import Kernel

struct AskJobApproval: Codable, Sendable {
    let id: Identifier<Job>
}

extension Jobs {
    /// With the terms as they are now.
    func askApproval(_ input: AskJobApproval, by member: Member) async throws(Failure) -> ApprovalView {
        try await store.transaction(as: member) { tx in
            let job = try await editableJob(input.id, by: member, tx)
            guard job.status.canBecome(.published) else { throw Failure.illegalJobStatus }
            return try await approvals.ask(try job.matter, in: tx)
        }
    }

    /// Whoever changes the terms of a job that waits for approval asks anew; those of a published one change only as far as nobody has to
    /// approve them.
    func check(_ edited: Job, after job: Job, becoming status: JobStatus, _ tx: TenantTransaction) async throws(Failure) {
        let matter = try edited.matter
        guard try matter.terms != job.matter.terms else { return }
        try await approvals.cancel(.job, of: job.id.uuid, in: tx)
        guard job.status == .published, status == .published else { return }
        do throws(Failure) {
            try await approvals.require(matter, in: tx)
        } catch {
            throw error.kind == .conflict ? .changeNeedsApproval : error
        }
    }
}

extension Job {
    /// What is approved before it is published.
    var matter: ApprovalMatter {
        get throws(Failure) {
            do {
                return ApprovalMatter(
                    .job,
                    of: id.uuid,
                    job: id.uuid,
                    company: companyId,
                    title: "\(title), \(companyName)",
                    amount: salary.map { Money(amount: $0.maximum, currency: $0.currency) },
                    terms: [
                        "title": .string(title), "department": try JSON(encoding: department), "location": try JSON(encoding: location),
                        "employmentType": .string(employmentType.rawValue), "openings": .integer(openings),
                        "salary": try JSON(encoding: salary),
                    ]
                )
            } catch {
                throw .internal(error)
            }
        }
    }
}
