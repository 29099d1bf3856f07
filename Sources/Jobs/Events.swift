import Foundation
package import Kernel

/// A job as events and rules see it.
package struct JobFact: Codable, Sendable {
    package let id: Identifier<Job>
    package let title: String
    package let companyId: Identifier<Company>
    package let companyName: String
    package let department: String?
    package let location: String?
    /// Absent in older events.
    package let workplace: Workplace?
    package private(set) var status: JobStatus
    /// Absent in older events.
    package let isConfidential: Bool?
    package let customFields: [String: JSON]

    package init(_ job: Job, status: JobStatus? = nil) {
        id = job.id
        title = job.title
        companyId = job.companyId
        companyName = job.companyName
        department = job.department
        location = job.location
        workplace = job.workplace
        self.status = status ?? job.status
        isConfidential = job.isConfidential
        customFields = job.customFields
    }

    private init(status: JobStatus) {
        id = Identifier(UUID(uuid: (1, 0x98, 0xC5, 0xA2, 0x7C, 0x1E, 0x7D, 0x3A, 0x9F, 0, 0x4B, 0x8E, 0x5D, 0x2F, 0x6A, 0x11)))
        title = "Backend engineer"
        companyId = Identifier(UUID(uuid: (1, 0x98, 0xC5, 0xA2, 0x7C, 0x1E, 0x7D, 0x3A, 0x9F, 0, 0x4B, 0x8E, 0x5D, 0x2F, 0x6A, 0x12)))
        companyName = "Northwind Logistics"
        department = "Engineering"
        location = "Hamburg"
        workplace = .hybrid
        self.status = status
        isConfidential = false
        customFields = ["level": "senior"]
    }

    package static func sample(_ status: JobStatus = .published) -> JobFact { JobFact(status: status) }
}

package struct JobCreated: Event {
    package static let name = "job.created"
    package static let summary = "A draft job was created."
    package static var sample: Self { JobCreated(job: .sample(.draft)) }
    package let job: JobFact
    package var subject: EventSubject { EventSubject("job", job.id) }
}

package struct JobDeleted: Event {
    package static let name = "job.deleted"
    package static let summary = "A job that nobody had applied to was deleted."
    package static var sample: Self { JobDeleted(job: .sample(.draft)) }
    package let job: JobFact
    package var subject: EventSubject { EventSubject("job", job.id) }
}

package struct JobUpdated: Event {
    package static let name = "job.updated"
    package static let summary = "A job's details changed; `changed` names the fields."
    package static var sample: Self { JobUpdated(job: .sample(), changed: ["title"]) }
    package let job: JobFact
    package let changed: [String]
    package var subject: EventSubject { EventSubject("job", job.id) }
}

package struct JobPublished: Event {
    package static let name = "job.published"
    package static let summary = "A job opened for applications."
    package static var sample: Self { JobPublished(job: .sample(), channels: ["internal"]) }
    package let job: JobFact
    package let channels: [String]
    package var subject: EventSubject { EventSubject("job", job.id) }
}

package struct JobClosed: Event {
    package static let name = "job.closed"
    package static let summary = "A job no longer takes applications."
    package static var sample: Self { JobClosed(job: .sample(.closed)) }
    package let job: JobFact
    package var subject: EventSubject { EventSubject("job", job.id) }
}

package struct TeamChanged: Event {
    package static let name = "job.team_changed"
    package static let summary = "Somebody joined or left a job's hiring team, or has another role on it."
    package static var sample: Self {
        TeamChanged(job: .sample(), userId: JobFact.sample().id.retagged(User.self), from: nil, to: .hiringManager)
    }
    package static var followUps: [any Work.Type] { [TellTeam.self] }
    package let job: JobFact
    package let userId: Identifier<User>
    /// Absent if they weren't on the team.
    package let from: TeamRole?
    /// Absent if they are no longer on it.
    package let to: TeamRole?
    package var subject: EventSubject { EventSubject("job", job.id) }
}

/// Sent before a job opens.
package struct JobPublishing: ReplayableProposal {
    package static let name = "job.publishing"
    package static let summary = "A job is about to open for applications."
    package static let amendable: [String] = []
    package static var sample: Self { JobPublishing(job: .sample(.draft)) }
    package let job: JobFact
    package var subject: EventSubject { EventSubject("job", job.id) }
}

extension JobPublishing {
    package init(before event: JobPublished) {
        self.init(job: event.job.drafted)
    }
}

extension JobFact {
    fileprivate var drafted: JobFact {
        var fact = self
        fact.status = .draft
        return fact
    }
}

package struct PipelineFact: Codable, Sendable {
    package let id: Identifier<Pipeline>
    /// Absent if it is shared, and in events from before pipelines had owners.
    package let companyId: Identifier<Company>?
    package let name: String
    package let stages: [String]

    static var sample: PipelineFact {
        PipelineFact(
            id: JobFact.sample().id.retagged(Pipeline.self),
            companyId: JobFact.sample().companyId,
            name: "Engineering",
            stages: ["applied", "screening", "offer", "hired"]
        )
    }
}

package struct PipelineCreated: Event {
    package static let name = "pipeline.created"
    package static let summary = "A pipeline was created."
    package static var sample: Self { PipelineCreated(pipeline: .sample) }
    package let pipeline: PipelineFact
    package var subject: EventSubject { EventSubject("pipeline", pipeline.id) }
}

package struct PipelineChanged: Event {
    package static let name = "pipeline.changed"
    package static let summary = "A pipeline's name or stages changed."
    package static var sample: Self { PipelineChanged(pipeline: .sample) }
    package let pipeline: PipelineFact
    package var subject: EventSubject { EventSubject("pipeline", pipeline.id) }
}
