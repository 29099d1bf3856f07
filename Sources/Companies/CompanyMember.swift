package import Foundation
package import Identity
package import Kernel
import Postgres

/// A role within a company.
package enum CompanyRole: String, Codable, CaseIterable, Sendable, SQLEncodable, SQLDecodable {
    case recruiter, hiringManager, companyAdmin
}

/// The state of a membership: an invited member has not accepted yet, and one whose invitation was withdrawn never did.
package enum MemberStatus: String, Codable, CaseIterable, Sendable, SQLEncodable, SQLDecodable {
    case active, invited, withdrawn, deactivated

    /// All that can happen to a membership. Only its person makes it active, with the code from a mail; invited again, they get another.
    func canBecome(_ next: MemberStatus) -> Bool {
        switch self {
        case .invited: [.active, .invited, .withdrawn].contains(next)
        case .active: next == .deactivated
        case .withdrawn, .deactivated: next == .invited
        }
    }

    /// After the company has let somebody go, whether they had joined or not.
    var ended: MemberStatus { [.invited, .withdrawn].contains(self) ? .withdrawn : .deactivated }
}

/// Somebody who works for a company.
package struct MemberView: Codable, Sendable, Versioned {
    package let userId: Identifier<User>
    package let name: String
    package let email: String
    package let role: CompanyRole
    package let status: MemberStatus
    /// Absent if they were never invited: they founded the company.
    package let invitation: Invitation?
    package let version: Int
    package let createdAt: Date
    package let updatedAt: Date
}

extension MemberView {
    init(_ row: Row, at moment: Date) throws {
        let user = try UserSummary(row)
        let status: MemberStatus = try row("status")
        let sentAt: Date? = try row("invited_at")
        self.init(
            userId: user.id,
            name: user.name,
            email: user.email,
            role: try row("role"),
            status: status,
            invitation: sentAt.map { Invitation(status.invitation, sentAt: $0, at: moment) },
            version: try row("version"),
            createdAt: try row("created_at"),
            updatedAt: try row("updated_at")
        )
    }
}

extension MemberStatus {
    fileprivate var invitation: Invitation.State {
        switch self {
        case .invited: .pending
        case .withdrawn: .withdrawn
        case .active, .deactivated: .accepted
        }
    }
}

extension Companies {
    /// Under lock, nobody accepts an invitation until the transaction ends.
    func member(
        _ user: Identifier<User>,
        of company: Identifier<Company>,
        _ tx: TenantTransaction,
        locked: Bool = false
    ) async throws(Failure) -> MemberView {
        let row = try await tx.first(MemberQueries.member(user, of: company, tenant: tx.tenant, locked: locked))
        guard let row else { throw .memberNotFound }
        return try reading { try MemberView(row, at: tx.now) }
    }
}
