package import Kernel

package struct CompanyLetterChanged: Event {
    package static let name = "company.letter_changed"
    package static let summary = "A company changed what it writes to its candidates on an occasion, or whether and when."
    package static var sample: Self { CompanyLetterChanged(companyId: .placeholder, kind: .rejected) }
    package let companyId: Identifier<Company>
    package let kind: LetterKind
    package var subject: EventSubject { EventSubject("company", companyId) }
}
