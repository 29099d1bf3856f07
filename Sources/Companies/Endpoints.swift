package import Kernel

extension Companies {
    package var operations: [Operation] {
        [
            Operation(
                .post,
                "/companies",
                "Create a company and become its administrator",
                access: .signedIn,
                failures: [.companyNameTaken],
                status: 201,
                perform: create
            ),
            Operation(.get, "/companies/{id}", "A company's profile", access: .signedIn, failures: [.companyNotFound], perform: show),
            Operation(
                .patch,
                "/companies/{id}",
                "Change a company's profile; left-out fields stay, null clears",
                access: .member(.administerCompany),
                failures: [.companyNotFound, .companyNameTaken],
                lua: .method("company", "update"),
                perform: update
            ),
            Operation(
                .post,
                "/companies/{id}/users",
                "Add somebody by e-mail address, or invite whoever has no account",
                access: .member(.administerCompany),
                failures: [.companyNotFound, .memberExists, .memberDeactivated],
                status: 201,
                perform: addMember
            ),
            Operation(
                .get,
                "/companies/{id}/users",
                "List a company's members",
                access: .member(.viewMembers),
                failures: [.companyNotFound],
                lua: .list("members", "id"),
                perform: listMembers
            ),
            Operation(
                .patch,
                "/companies/{id}/users/{userId}",
                "Change a member's role, or deactivate them",
                access: .member(.administerCompany),
                failures: [.companyNotFound, .memberNotFound, .lastCompanyAdmin, .invitationPending],
                perform: changeMember
            ),
            Operation(
                .post,
                "/companies/{id}/ratings",
                "Rate a company one has applied to, once",
                access: .candidate,
                failures: [.companyNotFound, .ratingNeedsApplication, .ratedBefore],
                status: 201,
                perform: rate
            ),
            Operation(
                .get,
                "/companies/{id}/ratings",
                "A company's ratings and their average",
                access: .signedIn,
                failures: [.companyNotFound],
                perform: listRatings
            ),
        ]
    }
}
