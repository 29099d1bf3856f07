import Foundation
import Identity
package import Kernel
import Letters
import Mail
import Outbox

struct PreviewCompanyLetter: Codable, Sendable {
    let id: Identifier<Company>
    let kind: LetterKind
    let language: Language
    /// A draft; left out, what is written now.
    let subject: Text<200>?
    let body: Text<10000>?
}

/// A letter with made-up values in it.
package struct LetterPreview: Codable, Sendable {
    package let subject: String
    package let text: String
    package let html: String
}

extension CompanyLetters {
    func preview(_ input: PreviewCompanyLetter, by member: Member) async throws(Failure) -> LetterPreview {
        try await store.transaction(as: member) { tx in
            let (letter, _) = try await example(input, by: member, tx)
            return LetterPreview(subject: letter.subject, text: letter.text, html: letter.html)
        }
    }

    /// To the member's own address, as a candidate would get it.
    func test(_ input: PreviewCompanyLetter, by member: Member) async throws(Failure) -> LetterPreview {
        try await store.transaction(as: member) { tx in
            let (letter, reader) = try await example(input, by: member, tx)
            try tx.enqueue(SendTestLetter(id: UUID(), to: reader.user.id, subject: letter.subject, text: letter.text, html: letter.html))
            return LetterPreview(subject: letter.subject, text: letter.text, html: letter.html)
        }
    }

    private func example(
        _ input: PreviewCompanyLetter,
        by member: Member,
        _ tx: TenantTransaction
    ) async throws(Failure) -> (WrittenLetter, Correspondent) {
        let company = try await name(of: input.id, writtenBy: member, tx)
        try input.kind.check(subject: input.subject?.value, body: input.body?.value)
        guard let user = member.user, let reader = try await identity.correspondents([user], in: tx)[user] else { throw .forbidden }
        let current = try await letter(input.kind, of: input.id, in: input.language, tx)
        let letter = CompanyLetter(current, subject: input.subject?.value, body: input.body?.value)
        let head = Letterhead(
            tenant: reader.head.tenant,
            logoURL: reader.head.logoURL,
            language: input.language,
            locale: reader.head.language == input.language ? reader.head.locale : nil,
            timeZone: reader.head.timeZone
        )
        let soon = head.moment(tx.now + 14 * 86_400)
        let values: [LetterPlaceholder: String] = [
            .candidate: "Ada Lovelace", .job: "Backend engineer", .company: company,
            .stage: Words.text("letter.example.stage", in: input.language), .time: soon, .expires: soon,
        ]
        return (Letter(.quoted(letter.subject(values)), letter.blocks(values)).written(on: head), reader)
    }
}

/// A company's letter with made-up values, to whoever writes it.
struct SendTestLetter: Work {
    static let name = "companyLetters.sendTest"
    static let lane = Lane.mail

    let id: UUID
    let to: Identifier<User>
    let subject: String
    let text: String
    let html: String
}

extension CompanyLetters {
    package var work: [WorkHandler] { [WorkHandler(sendTest)] }

    func sendTest(_ work: SendTestLetter, as system: SystemActor) async throws {
        let found = try await store.transaction(as: system) { tx in try await identity.correspondents([work.to], in: tx) }
        guard let reader = found[work.to]?.user else { return }
        try await outbox.send(
            MailMessage(
                id: "test-letter-\(work.id.uuidString.lowercased())",
                to: [try MailAddress(reader.email, name: reader.name)],
                subject: work.subject,
                text: work.text,
                html: work.html
            ),
            isAskedFor: true,
            as: system
        )
    }
}
