package import Kernel

package struct CandidatesImported: Event {
    package static let name = "company.candidates_imported"
    package static let summary = "A company's import of candidates is done; each candidate whom it added has an event of their own."
    package static var sample: Self {
        CandidatesImported(companyId: .placeholder, importId: .placeholder, created: 120, alreadyThere: 7, refused: 2)
    }
    package let companyId: Identifier<Company>
    package let importId: Identifier<CandidateImport>
    package let created: Int
    package let alreadyThere: Int
    package let refused: Int
    package var subject: EventSubject { EventSubject("company", companyId) }
}
