import Foundation
import Kernel

/// What a column of an imported table can say.
package enum ImportField: String, Codable, CaseIterable, Sendable {
    case name, firstName, lastName, email, phone, location, headline, source, tags, note, locale

    /// Names of columns, without case, spaces and punctuation.
    private var names: Set<String> {
        switch self {
        case .name: ["name", "fullname", "candidate", "candidatename"]
        case .firstName: ["firstname", "first", "givenname", "forename"]
        case .lastName: ["lastname", "last", "surname", "familyname"]
        case .email: ["email", "emailaddress", "mail", "mailaddress", "primaryemail", "emails"]
        case .phone: ["phone", "phonenumber", "telephone", "tel", "mobile", "mobilephone", "cell", "cellphone", "phones"]
        case .location: ["location", "city", "town", "place"]
        case .headline: ["headline", "title", "jobtitle", "currenttitle", "position", "currentposition"]
        case .source: ["source", "origin", "candidatesource"]
        case .tags: ["tags", "tag", "labels"]
        case .note: ["note", "notes", "comment", "comments"]
        case .locale: ["locale", "language"]
        }
    }

    static func named(_ heading: String) -> ImportField? {
        let plain = String(heading.lowercased().unicodeScalars.filter(CharacterSet.alphanumerics.contains))
        return allCases.first { $0.names.contains(plain) }
    }
}

/// Which column says what.
struct Columns {
    let places: [ImportField: Int]
    let ignored: [String]

    /// By the headings, where the mapping, an object of field and heading, says nothing else.
    init(_ heading: [String], mapping: String?) throws(Failure) {
        let wanted = try Self.wanted(mapping)
        var places: [ImportField: Int] = [:]
        var problems: [String: String] = [:]
        for (field, name) in wanted {
            if let place = heading.firstIndex(where: { $0.lowercased() == name.lowercased() }) {
                places[field] = place
            } else {
                problems["mapping.\(field.rawValue)"] = "No column is called \(name)."
            }
        }
        let taken = Set(places.values)
        for (place, name) in heading.enumerated() where !taken.contains(place) {
            guard let field = ImportField.named(name), wanted[field] == nil else { continue }
            if places[field] == nil {
                places[field] = place
            } else {
                problems["mapping.\(field.rawValue)"] = "Several columns look like this one. Say which it is."
            }
        }
        guard problems.isEmpty else { throw .validation(problems) }
        let known = [ImportField.name, .firstName, .lastName, .email]
        guard known.contains(where: { places[$0] != nil }) else {
            throw .validation("mapping", "No column has a name or an e-mail address. Say which has: {\"email\": \"its heading\"}.")
        }
        self.places = places
        ignored = heading.enumerated().filter { !places.values.contains($0.offset) && !$0.element.isEmpty }.map {
            String($0.element.prefix(100))
        }
    }

    private static func wanted(_ mapping: String?) throws(Failure) -> [ImportField: String] {
        guard let mapping else { return [:] }
        guard let json = try? JSON(parsing: Data(mapping.utf8)), case .object(let members) = json else {
            throw .validation("mapping", "Must be an object of fields and headings, as JSON.")
        }
        var wanted: [ImportField: String] = [:]
        for (name, value) in members {
            guard let field = ImportField(rawValue: name), let heading = value.string else {
                let known = ImportField.allCases.map(\.rawValue).joined(separator: ", ")
                throw .validation("mapping.\(name)", "Must be the heading of a column, under one of these names: \(known).")
            }
            wanted[field] = heading
        }
        return wanted
    }

    func values(_ cells: [String]) -> [String: String] {
        places.reduce(into: [:]) { values, column in
            if column.value < cells.count, !cells[column.value].isEmpty { values[column.key.rawValue] = cells[column.value] }
        }
    }
}
