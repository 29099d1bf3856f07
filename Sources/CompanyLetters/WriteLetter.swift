import Kernel
import Letters

struct WriteCompanyLetter: Codable, Sendable {
    let id: Identifier<Company>
    let kind: LetterKind
    let language: Language
    let subject: Text<200>
    /// Paragraphs are separated by empty lines.
    let body: Text<10000>
}

struct ChangeCompanyLetter: Codable, Sendable {
    let id: Identifier<Company>
    let kind: LetterKind
    let isSent: Bool?
    /// At most 30 days.
    let delayMinutes: Bounded<0, 43_200>?
}

struct ResetCompanyLetter: Codable, Sendable {
    let id: Identifier<Company>
    let kind: LetterKind
    let language: Language
}

extension CompanyLetters {
    func write(_ input: WriteCompanyLetter, by member: Member) async throws(Failure) -> CompanyLetterView {
        try input.kind.check(subject: input.subject.value, body: input.body.value)
        return try await store.transaction(as: member) { tx in
            _ = try await name(of: input.id, writtenBy: member, tx)
            tx.queue(CompanyLetterQueries.write(input, tx))
            return try await changed(input.kind, of: input.id, in: input.language, tx)
        }
    }

    /// The standard text again.
    func reset(_ input: ResetCompanyLetter, by member: Member) async throws(Failure) -> CompanyLetterView {
        try await store.transaction(as: member) { tx in
            _ = try await name(of: input.id, writtenBy: member, tx)
            tx.queue(CompanyLetterQueries.reset(input, tx))
            return try await changed(input.kind, of: input.id, in: input.language, tx)
        }
    }

    /// Whether and when it goes out, in all languages; what waits follows.
    func change(_ input: ChangeCompanyLetter, by member: Member) async throws(Failure) -> Items<CompanyLetterView> {
        guard input.kind.isFree || input.isSent == nil && input.delayMinutes == nil else { throw .invitationLetterFixed }
        return try await store.transaction(as: member) { tx in
            _ = try await name(of: input.id, writtenBy: member, tx)
            let current = try await letter(input.kind, of: input.id, in: .english, tx)
            let isSent = input.isSent ?? current.isSent
            let delay = input.delayMinutes?.value ?? current.delayMinutes
            let changes = isSent != current.isSent || delay != current.delayMinutes
            if changes { tx.queue(CompanyLetterQueries.change(input, tx)) }
            var letters: [CompanyLetterView] = []
            for language in Language.allCases {
                letters.append(CompanyLetterView(try await letter(input.kind, of: input.id, in: language, tx)))
            }
            if changes { try tx.append(CompanyLetterChanged(companyId: input.id, kind: input.kind)) }
            return Items(letters)
        }
    }

    private func changed(
        _ kind: LetterKind,
        of company: Identifier<Company>,
        in language: Language,
        _ tx: TenantTransaction
    ) async throws(Failure) -> CompanyLetterView {
        try tx.append(CompanyLetterChanged(companyId: company, kind: kind))
        return CompanyLetterView(try await letter(kind, of: company, in: language, tx))
    }
}

extension LetterKind {
    func check(subject: String?, body: String?) throws(Failure) {
        var problems: [String: String] = [:]
        problems["subject"] = subject.flatMap { problem(with: $0) }
        problems["body"] = body.flatMap { problem(with: $0) }
        guard problems.isEmpty else { throw .validation(problems) }
    }
}
