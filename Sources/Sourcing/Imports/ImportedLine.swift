import Candidates
import Foundation
import Identity
import Jobs
import Kernel
import Postgres

/// What became of a line.
package enum ImportOutcome: String, Codable, CaseIterable, Sendable, SQLEncodable, SQLDecodable {
    case created
    /// The company knows somebody with this address, or with this name and number, or an earlier line has them.
    case alreadyThere
    case refused
}

/// A field that cannot be, of a line that is refused.
struct LineProblem: Error {
    let field: String
    let text: String
}

/// A line as the columns have it.
struct ImportedLine: Sendable {
    let number: Int
    let fields: [String: String]

    /// Marked by whoever reads the table: it has more cells than the heading.
    static let surplus = "surplus"

    /// The address as accounts have it.
    var address: String? { fields["email"].flatMap { try? EmailAddress($0).value } }

    var phone: String? { fields["phone"].flatMap { try? PhoneNumber($0).value } }

    var name: String {
        [fields["name"], fields["firstName"], fields["lastName"]].compactMap(\.self).joined(separator: " ")
    }

    func candidate(source: String?) throws(LineProblem) -> NewCandidate {
        if fields[Self.surplus] != nil { throw LineProblem(field: "line", text: "Has more cells than the heading.") }
        let whole = fields["name"].flatMap { PersonName($0) }
        if fields["name"] != nil, whole == nil { throw LineProblem(field: "name", text: "Must have at most 100 characters.") }
        let firstName = try value("firstName") { text throws(FieldProblem) in try Text<100>(text).value } ?? whole?.first
        let lastName = try value("lastName") { text throws(FieldProblem) in try Text<100>(text).value } ?? whole?.last
        let email = try value("email") { text throws(FieldProblem) in try EmailAddress(text) }
        guard firstName != nil || lastName != nil || email != nil else {
            throw LineProblem(field: "email", text: "A name or an e-mail address is required.")
        }
        return NewCandidate(
            person: SourcedPerson(
                email: email,
                firstName: firstName,
                lastName: lastName,
                phone: try value("phone") { text throws(FieldProblem) in try PhoneNumber(text).value },
                locale: try value("locale") { text throws(FieldProblem) in try LocaleCode(text).value }
            ),
            headline: try value("headline") { text throws(FieldProblem) in try Text<200>(text).value },
            location: try value("location") { text throws(FieldProblem) in try Text<200>(text).value },
            source: try value("source") { text throws(FieldProblem) in try Text<60>(text).value } ?? source,
            tags: try tags,
            note: try value("note") { text throws(FieldProblem) in try Text<5000>(text).value }
        )
    }

    private var tags: [String] {
        get throws(LineProblem) {
            let parts = fields["tags"]?.split { ",;|".contains($0) }.filter { $0.contains { !$0.isWhitespace } } ?? []
            guard parts.count <= 20 else { throw LineProblem(field: "tags", text: "Must have at most 20 entries.") }
            var tags: [String] = []
            for part in parts {
                do { tags.append(try Text<60>(String(part)).value) } catch { throw LineProblem(field: "tags", text: error.message) }
            }
            return tags
        }
    }

    private func value<Value>(_ field: String, _ parse: (String) throws(FieldProblem) -> Value) throws(LineProblem) -> Value? {
        guard let text = fields[field] else { return nil }
        do { return try parse(text) } catch { throw LineProblem(field: field, text: error.message) }
    }
}
