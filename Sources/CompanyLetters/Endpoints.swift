import Companies
package import Kernel

extension CompanyLetters {
    package var operations: [APIOperation] {
        letterOperations.openToKeys(reading: .readCompanies, writing: .writeCompanies) + [
            APIOperation(
                .post,
                "/companies/{id}/letters/{kind}/preview",
                "See a letter, or a draft of one, with made-up values in it",
                access: .member(.administerCompany),
                failures: [.companyNotFound],
                retry: .byItself,
                perform: preview
            ),
            APIOperation(
                .post,
                "/companies/{id}/letters/{kind}/test",
                "Mail a letter to myself, with made-up values in it",
                access: .member(.administerCompany),
                failures: [.companyNotFound],
                status: 202,
                perform: test
            ),
        ]
    }

    private var letterOperations: [APIOperation] {
        [
            APIOperation(
                .get,
                "/companies/{id}/letters",
                "What a company writes to its candidates, on each occasion and in each language",
                access: .member(.administerCompany),
                failures: [.companyNotFound],
                perform: list
            ),
            APIOperation(
                .put,
                "/companies/{id}/letters/{kind}/{language}",
                "Write a letter in the company's own words; names in double braces are filled in",
                access: .member(.administerCompany),
                failures: [.companyNotFound],
                perform: write
            ),
            APIOperation(
                .patch,
                "/companies/{id}/letters/{kind}",
                "Set whether candidates get a letter, and how long it waits so that what led to it can be taken back",
                access: .member(.administerCompany),
                failures: [.companyNotFound, .invitationLetterFixed],
                perform: change
            ),
            APIOperation(
                .delete,
                "/companies/{id}/letters/{kind}/{language}",
                "Use the standard text again",
                access: .member(.administerCompany),
                failures: [.companyNotFound],
                perform: reset
            ),
        ]
    }
}
