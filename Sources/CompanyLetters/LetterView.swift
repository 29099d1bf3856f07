import Kernel
package import Letters

/// A letter of a company in one language.
package struct CompanyLetterView: Codable, Sendable {
    package let kind: LetterKind
    package let language: Language
    package let subject: String
    package let body: String
    /// Whether the company wrote it; otherwise it is the standard text.
    package let isOwn: Bool
    /// Whether candidates get it.
    package let isSent: Bool
    /// How long it waits, so that what led to it can be taken back.
    package let delayMinutes: Int
    /// What the text may name in double braces.
    package let placeholders: [LetterPlaceholder]

    init(_ letter: CompanyLetter) {
        kind = letter.kind
        language = letter.language
        subject = letter.subject
        body = letter.body
        isOwn = letter.isOwn
        isSent = letter.isSent
        delayMinutes = letter.delayMinutes
        placeholders = letter.kind.placeholders
    }
}

struct ListCompanyLetters: Codable, Sendable {
    let id: Identifier<Company>
}

extension CompanyLetters {
    func list(_ input: ListCompanyLetters, by member: Member) async throws(Failure) -> Items<CompanyLetterView> {
        try await store.transaction(as: member) { tx in
            _ = try await name(of: input.id, writtenBy: member, tx)
            var letters: [CompanyLetterView] = []
            for kind in LetterKind.allCases {
                for language in Language.allCases {
                    letters.append(CompanyLetterView(try await letter(kind, of: input.id, in: language, tx)))
                }
            }
            return Items(letters)
        }
    }
}
