import Candidates
import Companies
import Jobs
package import Kernel
import Resumes

extension Sourcing {
    package var operations: [APIOperation] {
        (candidateOperations + importOperations).openToKeys(reading: .readCandidates, writing: .writeCandidates)
    }

    private var candidateOperations: [APIOperation] {
        [
            APIOperation(
                .get,
                "/companies/{id}/candidates",
                "The candidates whom a company added, the latest first",
                access: .member(.viewCandidates),
                failures: [.companyNotFound],
                perform: list
            ),
            APIOperation(
                .post,
                "/companies/{id}/candidates",
                "Add a candidate without an account to a company, and to one of its jobs if it is named; the answer names possible duplicates",
                access: .member(.addCandidates),
                failures: [.companyNotFound, .jobClosed, .ruleRejected],
                status: 201,
                perform: add
            ),
            APIOperation(
                .post,
                "/companies/{id}/candidates/upload",
                "The same with a resume as PDF, DOCX or DOC, which fills in what is left out",
                access: .member(.addCandidates),
                failures: [.companyNotFound, .jobClosed, .notADocument, .documentTooLarge, .ruleRejected],
                status: 201,
                limit: .applying,
                retry: .claimedFirst,
                perform: upload
            ),
            APIOperation(
                .post,
                "/companies/{id}/candidates/proposal",
                "What a resume says of a candidate, as a proposal for adding them; nothing is kept",
                access: .member(.addCandidates),
                failures: [.companyNotFound, .notADocument, .documentTooLarge],
                limit: .applying,
                retry: .claimedFirst,
                perform: propose
            ),
            APIOperation(
                .post,
                "/companies/{id}/candidates/{candidateId}/invitation",
                "Ask a candidate whom the company added to have an account, by a mail in their language; the former link ends",
                access: .member(.addCandidates),
                failures: [.companyNotFound, .candidateNotFound, .candidateUnreachable, .candidateJoined],
                retry: .claimedFirst,
                perform: invite
            ),
        ]
    }

    private var importOperations: [APIOperation] {
        [
            APIOperation(
                .post,
                "/companies/{id}/candidate-imports",
                "Add the candidates of a CSV file, in the background; a dry run checks the same and adds nobody",
                access: .member(.addCandidates),
                failures: [.companyNotFound, .importTooLarge],
                status: 202,
                retry: .claimedFirst,
                subject: "/candidate-imports/{id}",
                perform: startImport
            ),
            APIOperation(
                .get,
                "/companies/{id}/candidate-imports",
                "A company's imports of candidates, the latest first",
                access: .member(.addCandidates),
                failures: [.companyNotFound],
                perform: listImports
            ),
            APIOperation(
                .get,
                "/candidate-imports/{id}",
                "How far an import is, and what became of its lines",
                access: .member(.addCandidates),
                failures: [.importNotFound],
                perform: showImport
            ),
            APIOperation(
                .get,
                "/candidate-imports/{id}/lines",
                "The lines of an import, each with what became of it",
                access: .member(.addCandidates),
                failures: [.importNotFound],
                perform: listLines
            ),
            APIOperation(
                .get,
                "/candidate-imports/{id}/report",
                "The same as a CSV file, which is safe to open in a spreadsheet",
                access: .member(.addCandidates),
                failures: [.importNotFound],
                perform: report
            ),
        ]
    }
}
