package import Foundation
package import Kernel

/// Everything held about one person, as one machine-readable document (GDPR article 20).
package struct PersonalArchive: Codable, Sendable {
    package let exportedAt: Date
    package let account: UserView
    package let sessions: [SessionView]
    package let sections: [String: JSON]
}

extension Identity {
    func exportMe(_ input: NoInput, by user: SignedIn) async throws(Failure) -> PersonalArchive {
        var sections: [String: JSON] = [:]
        for source in capabilities.personalData { sections[source.name] = try await source.collect(user) }
        return PersonalArchive(
            exportedAt: store.clock.now(),
            account: try await account(of: user),
            sessions: try await listSessions(NoInput(), by: user).items,
            sections: sections
        )
    }
}
