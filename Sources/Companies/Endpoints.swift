import Identity
package import Kernel

extension Companies {
    package var operations: [APIOperation] {
        companyOperations.openToKeys(reading: .readCompanies, writing: .writeCompanies)
            + memberOperations.openToKeys(reading: .readMembers) + approvalOperations.openToKeys(reading: .readCompanies)
    }

    private var companyOperations: [APIOperation] {
        [
            APIOperation(
                .post,
                "/companies",
                "Create a company and become its administrator; it waits for approval if the tenant requires that",
                access: .signedIn,
                failures: [.companyNameTaken, .companyWaits, .emailUnverified, .employerSignUpClosed],
                status: 201,
                perform: create
            ),
            APIOperation(.get, "/companies/{id}", "A company's profile", access: .signedIn, failures: [.companyNotFound], perform: show),
            APIOperation(
                .patch,
                "/companies/{id}",
                "Change a company's profile; left-out fields stay, null clears",
                access: .member(.administerCompany),
                failures: [.companyNotFound, .companyNameTaken, .stale],
                lua: .method("company", "update"),
                perform: update
            ),
            APIOperation(
                .post,
                "/companies/{id}/ratings",
                "Rate a company that I have applied to, once",
                access: .candidate,
                failures: [.companyNotFound, .ratingNeedsApplication, .ratedBefore],
                status: 201,
                perform: rate
            ),
            APIOperation(
                .get,
                "/companies/{id}/ratings",
                "A company's ratings and their average",
                access: .signedIn,
                failures: [.companyNotFound],
                perform: listRatings
            ),
        ]
    }

    /// Membership is managed in person: people added with an API key would stay after the key has been revoked.
    private var memberOperations: [APIOperation] {
        [
            APIOperation(
                .post,
                "/companies/{id}/users",
                "Invite somebody by e-mail address; they become a member when they accept",
                access: .member(.administerCompany),
                failures: [.companyNotFound, .companyNotApproved, .memberExists, .memberDeactivated],
                status: 201,
                retry: .claimedFirst,
                perform: addMember
            ),
            APIOperation(
                .get,
                "/companies/{id}/users",
                "List a company's members",
                access: .member(.viewMembers),
                failures: [.companyNotFound],
                lua: .list("members", "id"),
                perform: listMembers
            ),
            APIOperation(
                .patch,
                "/companies/{id}/users/{userId}",
                "Change a member's role, deactivate them, or invite a former member back",
                access: .member(.administerCompany),
                failures: [
                    .companyNotFound, .companyNotApproved, .memberNotFound, .memberDeactivated, .lastCompanyAdmin, .invitationPending,
                    .stale,
                ],
                retry: .claimedFirst,
                perform: changeMember
            ),
            APIOperation(
                .post,
                "/companies/{id}/users/{userId}/invitation",
                "Mail a fresh invitation to somebody who has not accepted, or who has left; the former link ends",
                access: .member(.administerCompany),
                failures: [.companyNotFound, .companyNotApproved, .memberNotFound, .memberExists, .memberDeactivated],
                retry: .claimedFirst,
                perform: inviteAgain
            ),
            APIOperation(
                .delete,
                "/companies/{id}/users/{userId}/invitation",
                "Withdraw an invitation that has not been accepted; its link ends",
                access: .member(.administerCompany),
                failures: [.companyNotFound, .memberNotFound, .invitationAnswered],
                perform: withdrawInvitation
            ),
        ]
    }

    /// Approval is given in person, too.
    private var approvalOperations: [APIOperation] {
        [
            APIOperation(
                .get,
                "/admin/companies",
                "List the tenant's companies, including those waiting for approval",
                access: .tenantAdmin,
                perform: list
            ),
            APIOperation(
                .post,
                "/admin/companies/{id}/approve",
                "Approve a company that signed up",
                access: .tenantAdmin,
                failures: [.companyNotFound, .companyNameTaken],
                perform: approve
            ),
            APIOperation(
                .post,
                "/admin/companies/{id}/reject",
                "Reject a company, or revoke its approval: its members lose access and its jobs are hidden",
                access: .tenantAdmin,
                failures: [.companyNotFound],
                perform: reject
            ),
        ]
    }
}
