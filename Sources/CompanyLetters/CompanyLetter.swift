import Kernel
package import Letters
import Postgres

/// On which occasion candidates are written to.
package enum LetterKind: String, Codable, CaseIterable, Sendable, SQLEncodable, SQLDecodable {
    case applied, moved, invited, offered, rejected, hired

    /// What a text may name in double braces.
    package var placeholders: [LetterPlaceholder] {
        let always: [LetterPlaceholder] = [.candidate, .job, .company]
        return switch self {
        case .applied, .rejected, .hired: always
        case .moved: always + [.stage]
        case .invited: always + [.time]
        case .offered: always + [.expires]
        }
    }

    /// An invitation's subject is the interview's name, and it goes out when the tenant's rules say.
    var isFree: Bool { self != .invited }
}

package enum LetterPlaceholder: String, Codable, CaseIterable, Sendable {
    case candidate, job, company
    /// The stage in the words that candidates see.
    case stage
    /// When the interview begins, in the reader's time.
    case time
    /// When the offer ends, in the reader's time.
    case expires
}

/// A letter as it is written now: the company's own text, else the standard one.
package struct CompanyLetter: Sendable {
    package let kind: LetterKind
    package let language: Language
    package let subject: String
    package let body: String
    package let isOwn: Bool
    package let isSent: Bool
    package let delayMinutes: Int

    init(_ kind: LetterKind, in language: Language, _ row: Row?) throws {
        self.kind = kind
        self.language = language
        let own: (String?, String?) = (try row?("subject"), try row?("body"))
        subject = own.0 ?? Words.raw("letter.\(kind.rawValue).subject", in: language)
        body = own.1 ?? Words.raw("letter.\(kind.rawValue).body", in: language)
        isOwn = own.1 != nil
        isSent = try row?("is_sent") ?? true
        delayMinutes = try row?("delay_minutes") ?? 0
    }

    init(_ letter: CompanyLetter, subject: String?, body: String?) {
        kind = letter.kind
        language = letter.language
        self.subject = subject ?? letter.subject
        self.body = body ?? letter.body
        isOwn = letter.isOwn
        isSent = letter.isSent
        delayMinutes = letter.delayMinutes
    }

    package func subject(_ values: [LetterPlaceholder: String]) -> String { Self.filled(subject, values) }

    /// The paragraphs, which empty lines separate.
    package func blocks(_ values: [LetterPlaceholder: String]) -> [Letter.Block] {
        body.replacing("\r\n", with: "\n").split(separator: /\n[ \t]*\n/).map { .paragraph(.quoted(Self.filled(String($0), values))) }
    }

    /// What is filled in is not read again: a name that contains braces stays a name.
    private static func filled(_ text: String, _ values: [LetterPlaceholder: String]) -> String {
        text.replacing(/\{\{ *(\w+) *\}\}/) { match in
            LetterPlaceholder(rawValue: String(match.1)).flatMap { values[$0] } ?? ""
        }
    }
}

extension LetterKind {
    /// What is wrong with a text, if anything: it names what it can't have.
    func problem(with text: String) -> String? {
        let rest = text.replacing(/\{\{ *(\w+) *\}\}/) { match in
            placeholders.contains { $0.rawValue == match.1 } ? "" : String(match.0)
        }
        guard let wrong = rest.firstMatch(of: /\{\{[^}]*\}?\}?|\}\}/) else { return nil }
        let known = placeholders.map { "{{\($0.rawValue)}}" }.joined(separator: ", ")
        return "\(wrong.0) can't be filled in; there are \(known)."
    }
}
