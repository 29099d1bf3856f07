import Foundation
package import Identity
package import Kernel

/// A company as events and rules see it.
package struct CompanyFact: Codable, Sendable {
    package let id: Identifier<Company>
    package let name: String
    package let industry: String?
    package let location: String?
    package let approval: CompanyApproval

    package init(_ company: CompanyView) {
        id = company.id
        name = company.name
        industry = company.industry
        location = company.location
        approval = company.approval
    }

    private init(id: Identifier<Company>) {
        self.id = id
        name = "Northwind Logistics"
        industry = "Logistics"
        location = "Hamburg"
        approval = .approved
    }

    package static let sample = CompanyFact(
        id: Identifier(UUID(uuid: (1, 0x98, 0xC5, 0xA2, 0x7C, 0x1E, 0x7D, 0x3A, 0x9F, 0, 0x4B, 0x8E, 0x5D, 0x2F, 0x6A, 0x12)))
    )
}

/// A member as events and rules see them.
package struct MemberFact: Codable, Sendable {
    package let userId: Identifier<User>
    package let name: String
    package let email: String
    package let role: CompanyRole
    package let status: MemberStatus

    init(_ member: MemberView) {
        userId = member.userId
        name = member.name
        email = member.email
        role = member.role
        status = member.status
    }

    private init(userId: Identifier<User>, status: MemberStatus) {
        self.userId = userId
        name = "Grace Hopper"
        email = "grace@example.com"
        role = .recruiter
        self.status = status
    }

    static func sample(_ status: MemberStatus) -> MemberFact {
        let id = UUID(uuid: (1, 0x98, 0xC5, 0xA2, 0x7C, 0x1E, 0x7D, 0x3A, 0x9F, 0, 0x4B, 0x8E, 0x5D, 0x2F, 0x6A, 0x22))
        return MemberFact(userId: Identifier(id), status: status)
    }
}

package struct CompanyCreated: Event {
    package static let name = "company.created"
    package static let summary = "A company was created."
    package static var sample: Self { CompanyCreated(company: .sample) }
    package let company: CompanyFact
    package var subject: EventSubject { EventSubject("company", company.id) }
}

package struct CompanyUpdated: Event {
    package static let name = "company.updated"
    package static let summary = "A company's profile changed."
    package static var sample: Self { CompanyUpdated(company: .sample) }
    package let company: CompanyFact
    package var subject: EventSubject { EventSubject("company", company.id) }
}

package struct CompanyApproved: Event {
    package static let name = "company.approved"
    package static let summary = "A tenant administrator approved a company that had signed up."
    package static var sample: Self { CompanyApproved(company: .sample) }
    package let company: CompanyFact
    package var subject: EventSubject { EventSubject("company", company.id) }
}

package struct CompanyRejected: Event {
    package static let name = "company.rejected"
    package static let summary = "A tenant administrator rejected a company, or revoked its approval."
    package static var sample: Self { CompanyRejected(company: .sample, reason: "We could not find this company in the register.") }
    package let company: CompanyFact
    package let reason: String
    package var subject: EventSubject { EventSubject("company", company.id) }
}

package struct MemberInvited: Event {
    package static let name = "member.invited"
    package static let summary = "Somebody was invited to a company; their status is `invited` until they have accepted."
    package static var sample: Self { MemberInvited(company: .sample, member: .sample(.invited)) }
    package let company: CompanyFact
    package let member: MemberFact
    package var subject: EventSubject { EventSubject("company", company.id) }
}

package struct MemberChanged: Event {
    package static let name = "member.changed"
    package static let summary = "A member's role or status in a company changed."
    package static var sample: Self { MemberChanged(company: .sample, member: .sample(.deactivated)) }
    package let company: CompanyFact
    package let member: MemberFact
    package var subject: EventSubject { EventSubject("company", company.id) }
}

package struct CompanyRated: Event {
    package static let name = "company.rated"
    package static let summary = "A candidate rated a company."
    package static var sample: Self { CompanyRated(company: .sample, rating: 4, comment: "Quick and friendly.", averageRating: 4.2) }
    package let company: CompanyFact
    package let rating: Int
    package let comment: String?
    package let averageRating: Double?
    package var subject: EventSubject { EventSubject("company", company.id) }
}
