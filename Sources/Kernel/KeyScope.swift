package import Foundation

/// What an API key may do, by resource and kind of access: `jobs:read`. Writing includes reading, because a change answers with what it
/// changed.
package enum KeyScope: String, Codable, CaseIterable, Sendable {
    case readApplications = "applications:read"
    case writeApplications = "applications:write"
    case readCandidates = "candidates:read"
    case writeCandidates = "candidates:write"
    case readCompanies = "companies:read"
    case writeCompanies = "companies:write"
    case readEvents = "events:read"
    case readJobs = "jobs:read"
    case writeJobs = "jobs:write"
    case readMail = "mail:read"
    case writeMail = "mail:write"
    case readMembers = "members:read"
    case writeNotifications = "notifications:write"
    case readPresence = "presence:read"
    case readRules = "rules:read"
    case writeRules = "rules:write"
    case readUsers = "users:read"

    /// The scopes that allow what this one allows.
    var allowedBy: Set<KeyScope> {
        let writing = KeyScope(rawValue: rawValue.replacing(":read", with: ":write"))
        return Set([self, writing].compactMap(\.self))
    }
}

/// Whether a program may call an operation with an API key. Whatever isn't declared open must be done in person.
package enum KeyAccess: Sendable, Hashable {
    case inPerson
    case scope(KeyScope)

    func admit(_ key: ProgramKey) throws(Failure) {
        switch self {
        case .inPerson: throw .onlyInPerson
        case .scope(let scope): guard !scope.allowedBy.isDisjoint(with: key.scopes) else { throw .scopeMissing(scope) }
        }
    }
}

/// The API key that a program calls with.
package struct ProgramKey: Sendable, Hashable {
    package let id: UUID
    package let scopes: Set<KeyScope>

    package init(id: UUID, scopes: Set<KeyScope>) {
        self.id = id
        self.scopes = scopes
    }
}

extension [APIOperation] {
    /// Opens everything that isn't done in person to API keys: reads with one scope, changes with another.
    package func openToKeys(reading: KeyScope, writing: KeyScope? = nil) -> [APIOperation] {
        map { operation in
            guard let scope = operation.method == .get ? reading : writing else { return operation }
            return operation.open(to: scope)
        }
    }
}

extension Failure {
    package static let onlyInPerson = Failure(.forbidden, "This must be done in person, not with an API key.")

    static func scopeMissing(_ scope: KeyScope) -> Failure {
        Failure(.forbidden, "This API key lacks the scope \(scope.rawValue).", details: ["scope": .string(scope.rawValue)])
    }
}
