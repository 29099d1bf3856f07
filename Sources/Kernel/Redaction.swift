package import Foundation

/// Removes a person's data from texts and JSON: in payloads of events by their declarations, elsewhere by the person's ids and words.
package struct Redaction: Sendable {
    /// Members that tell whose an object is.
    private static let owners = ["id", "userId", "candidateId", "applicationId"]
    /// Members, each an object with an id, that tell what an object is about.
    private static let topics = ["application", "candidate", "resume", "target", "subject", "about"]
    /// Tells where something belongs, and nothing about the person.
    private static let kept: Set<String> = [
        "status", "category", "kind", "role", "roles", "outcome", "recommendation", "job", "company", "stage", "operation", "entity",
        "actor",
    ]

    private let ids: Set<String>
    private let words: [(text: String, lowered: String)]

    package init(_ subject: ErasureSubject) {
        ids = Set(subject.ids.map { $0.uuidString.lowercased() })
        // Longest first: an address may contain a name.
        words = subject.words.sorted { ($0.count, $0) > ($1.count, $1) }.map { ($0, $0.lowercased()) }
    }

    /// What to search for to find rows to redact, as it appears in lower-case texts and JSON.
    package static func needles(of subject: ErasureSubject) -> [String] {
        let ids = subject.ids.map { $0.uuidString.lowercased() }
        let words = subject.words.map { $0.lowercased() }
        return Array(Set(ids + words + words.map { String(JSON.string($0).text.dropFirst().dropLast()) }))
    }

    package func redacted(_ text: String) -> String {
        let lowered = text.lowercased()
        guard words.contains(where: { lowered.contains($0.lowered) }) else { return text }
        return words.reduce(text) { text, word in
            text.lowercased().contains(word.lowered)
                ? text.replacingOccurrences(of: word.text, with: Erased.mark, options: .caseInsensitive) : text
        }
    }

    /// JSON of unknown shape: an object that is the person's, or contains one, loses its texts; others lose only the person's words.
    package func redacted(_ json: JSON) -> JSON {
        switch json {
        case .string(let text): .string(redacted(text))
        case .array(let elements): .array(elements.map { redacted($0) })
        case .object(let members) where isTheirs(members): stripped(json)
        case .object(let members): .object(members.mapValues { redacted($0) })
        default: json
        }
    }

    private func isTheirs(_ members: [String: JSON]) -> Bool {
        Self.owners.contains { isTheirs(members[$0]) } || Self.topics.contains { isTheirs(members[$0]?["id"]) }
    }

    private func isTheirs(_ id: JSON?) -> Bool {
        switch id {
        case .string(let text): ids.contains(text.lowercased())
        case .array(let elements): !elements.isEmpty && elements.allSatisfy { isTheirs($0) }
        default: false
        }
    }

    /// An id or a time and nothing else: a text that only begins with one may say more.
    private static func isReference(_ text: String) -> Bool {
        UUID(uuidString: text)?.uuidString == text.uppercased() || Timestamp.date(text) != nil
    }

    /// Ids and times stay.
    private func stripped(_ json: JSON) -> JSON {
        switch json {
        case .string(let text): Self.isReference(text) ? json : .string(Erased.mark)
        case .array(let elements): .array(elements.map { stripped($0) })
        case .object(let members):
            .object(members.reduce(into: [:]) { $0[$1.key] = Self.kept.contains($1.key) ? redacted($1.value) : stripped($1.value) })
        default: json
        }
    }
}

extension Redaction {
    /// An event's payload without the parts declared as theirs, and without their words.
    package func redacted(_ payload: JSON, _ parts: [PersonalPart], actor: UUID?) -> JSON {
        let named = parts.reduce(payload) { payload, part in
            switch part.owner {
            case .nobody: payload
            case .anybody: part.fields.reduce(payload) { $0.replacing($1) { redacted($0) } }
            case .actor: isTheirs(actor.map { .string($0.uuidString) }) ? part.fields.reduce(payload, Self.erase) : payload
            case .named(let path): isTheirs(payload.value(at: path)) ? part.fields.reduce(payload, Self.erase) : payload
            }
        }
        return withoutWords(named)
    }

    private static func erase(_ payload: JSON, _ field: String) -> JSON { payload.replacing(field) { $0.erased } }

    private func withoutWords(_ json: JSON) -> JSON {
        switch json {
        case .string(let text): .string(redacted(text))
        case .array(let elements): .array(elements.map { withoutWords($0) })
        case .object(let members): .object(members.mapValues { withoutWords($0) })
        default: json
        }
    }
}

extension JSON {
    fileprivate func value(at path: String) -> JSON? {
        path.split(separator: ".").reduce(self as JSON?) { $0?[String($1)] }
    }

    fileprivate func replacing(_ path: String, with change: (JSON) -> JSON) -> JSON {
        guard case .object(var members) = self else { return self }
        let parts = path.split(separator: ".", maxSplits: 1).map(String.init)
        guard let member = members[parts[0]] else { return self }
        members[parts[0]] = parts.count == 1 ? change(member) : member.replacing(parts[1], with: change)
        return .object(members)
    }

    /// Of the same type, so that it can still be decoded.
    fileprivate var erased: JSON {
        switch self {
        case .string: .string(Erased.mark)
        case .integer, .number: 0
        case .array: []
        case .object: [:]
        case .null, .bool: self
        }
    }
}
