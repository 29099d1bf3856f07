package import Foundation
package import Kernel
import Postgres

/// What is approved: a job before it is published, or an offer before it is made.
package enum ApprovalKind: String, Codable, CaseIterable, Sendable, SQLEncodable, SQLDecodable {
    case job, offer
}

package enum ApprovalState: String, Codable, CaseIterable, Sendable, SQLEncodable, SQLDecodable {
    case pending, approved, declined
    /// Its terms changed, or what it was about has ended.
    case canceled
}

package enum ApprovalAnswer: String, Codable, CaseIterable, Sendable, SQLEncodable, SQLDecodable {
    case approve, decline
}

/// Roles in the company, and the tenant's administrators.
package enum ApproverRole: String, Codable, CaseIterable, Sendable {
    case recruiter, hiringManager, companyAdmin, tenantAdmin
}

/// Who is asked at once, and when.
package struct ApprovalStep: Codable, Sendable {
    package enum Needs: String, Codable, CaseIterable, Sendable {
        case all, one
    }

    /// Everybody with this role; otherwise the people named.
    package let role: ApproverRole?
    package let userIds: List<Identifier<User>, 20>?
    package let needs: Needs?
    /// Only if the amount is above the job's range, or there is none to compare it with.
    package let onlyOverRange: Bool?
    /// Only if the amount is above this one, or can't be compared with it.
    package let above: Money?

    func applies(to matter: ApprovalMatter) -> Bool {
        if onlyOverRange == true, !matter.isOverRange { return false }
        guard let above, let amount = matter.amount, amount.currency == above.currency else { return true }
        return amount.amount.value > above.amount.value
    }
}

/// What somebody wants to do, as the capability that does it describes it.
package struct ApprovalMatter: Sendable {
    package let kind: ApprovalKind
    /// The job, or the application that the offer is for.
    package let subject: UUID
    package let job: UUID
    package let company: Identifier<Company>
    package let candidate: Identifier<User>?
    package let title: String
    package let amount: Money?
    package let isOverRange: Bool
    /// Whatever makes it another matter if it changes.
    package let terms: [String: JSON]

    package init(
        _ kind: ApprovalKind,
        of subject: UUID,
        job: UUID,
        company: Identifier<Company>,
        candidate: Identifier<User>? = nil,
        title: String,
        amount: Money?,
        isOverRange: Bool = false,
        terms: [String: JSON]
    ) {
        self.kind = kind
        self.subject = subject
        self.job = job
        self.company = company
        self.candidate = candidate
        self.title = title
        self.amount = amount
        self.isOverRange = isOverRange
        self.terms = terms
    }
}

/// A request for approval, with how far it has come.
package struct Approval: Codable, Sendable, Versioned {
    package let id: Identifier<Approval>
    package let kind: ApprovalKind
    package let jobId: Identifier<EventSubject>
    /// The application that the offer is for; absent for a job.
    package let applicationId: Identifier<EventSubject>?
    package let companyId: Identifier<Company>
    package let title: String
    package let amount: Money?
    package let terms: [String: JSON]
    package internal(set) var state: ApprovalState
    /// The steps that its amount calls for, as they were when it was asked for.
    package let steps: [ApprovalStep]
    /// The step that is asked now, from 0.
    package internal(set) var step: Int
    package let allowsOwn: Bool
    package let askedBy: Identifier<User>?
    package let askedAt: Date
    package internal(set) var decidedAt: Date?
    package internal(set) var version: Int
}

package struct GivenApproval: Codable, Sendable {
    package let step: Int
    package let userId: Identifier<User>
    package let name: String
    package let answer: ApprovalAnswer
    package let reason: String?
    package let answeredAt: Date
}

/// An approval with its history.
package struct ApprovalView: Codable, Sendable, Versioned {
    package let approval: Approval
    package let answers: [GivenApproval]
    /// Who may answer now.
    package let awaits: [Identifier<User>]
    package var version: Int { approval.version }

    private enum CodingKeys: String, CodingKey {
        case answers, awaits
    }

    init(approval: Approval, answers: [GivenApproval], awaits: [Identifier<User>]) {
        self.approval = approval
        self.answers = answers
        self.awaits = awaits
    }

    package init(from decoder: any Decoder) throws {
        approval = try Approval(from: decoder)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        answers = try container.decode([GivenApproval].self, forKey: .answers)
        awaits = try container.decode([Identifier<User>].self, forKey: .awaits)
    }

    package func encode(to encoder: any Encoder) throws {
        try approval.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(answers, forKey: .answers)
        try container.encode(awaits, forKey: .awaits)
    }
}

extension Approval {
    init(_ row: Row) throws {
        let amount: Int? = try row("amount")
        let currency: String? = try row("currency")
        self.init(
            id: try row("id"),
            kind: try row("kind"),
            jobId: try row("job_id"),
            applicationId: try row("application_id"),
            companyId: try row("company_id"),
            title: try row("title"),
            amount: try amount.flatMap { amount in
                try currency.map { Money(amount: try MinorUnits(amount), currency: try Currency($0)) }
            },
            terms: try row.json("terms"),
            state: try row("state"),
            steps: try row.json("steps"),
            step: try row("step"),
            allowsOwn: try row("allows_own"),
            askedBy: try row("asked_by"),
            askedAt: try row("asked_at"),
            decidedAt: try row("decided_at"),
            version: try row("version")
        )
    }
}

extension GivenApproval {
    init(_ row: Row) throws {
        self.init(
            step: try row("step"),
            userId: try row("user_id"),
            name: try row("name"),
            answer: try row("answer"),
            reason: try row("reason"),
            answeredAt: try row("answered_at")
        )
    }
}
