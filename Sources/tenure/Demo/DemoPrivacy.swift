import Foundation
import Identity
import Kernel

/// Content for the privacy pages: somebody with two accounts, retention rules, and somebody who was erased.
struct DemoPrivacy: Sendable {
    let stage: DemoStage
    let story: Story
    let passwordHash: String
    let admin: Caller
    let now: Date

    func play() async throws {
        try await addTwins()
        try await limitRetention()
        try await eraseLeaver()
    }

    /// One pair is proposed, the other was merged some weeks ago.
    private func addTwins() async throws {
        try await join("candidate+jobs@demo.example", DemoCandidate.maya.firstName.uppercased(), DemoCandidate.maya.lastName, daysAgo: 9)
        guard let first = story.candidates.first(where: { $0.email != DemoCandidate.maya.email }) else { return }
        let second = try await join("again.\(first.email)", first.firstName, first.lastName, daysAgo: 30)
        let pair: JSON = ["keptId": .string(first.id.description), "mergedId": .string(second.description)]
        try await stage.perform("POST /candidates/merges", by: admin, at: moment(daysAgo: 20), pair)
    }

    /// One rule is active, the other waits to be tried.
    private func limitRetention() async throws {
        let rule = try await stage.perform(
            "POST /admin/retention-rules",
            by: admin,
            at: moment(daysAgo: 1),
            ["category": "rejected", "months": 4]
        )
        let id = rule["id"]?.string
        try await stage.perform("POST /admin/retention-rules/{id}/dry-run", by: admin, at: moment(daysAgo: 1), id: id)
        try await stage.perform("POST /admin/retention-rules/{id}/activate", by: admin, at: now, id: id)
        try await stage.perform("POST /admin/retention-rules", by: admin, at: now, ["category": "withdrawn", "months": 12])
    }

    /// The server does the rest once it runs.
    private func eraseLeaver() async throws {
        let leaver = try await join("leaver@people.example", "Noor", "Abendroth", daysAgo: 40)
        let caller = Caller(tenant: stage.tenant, actor: .user(leaver), roles: [.candidate])
        try await stage.perform(
            "PATCH /candidates/me",
            by: caller,
            at: moment(daysAgo: 39),
            ["headline": "Archivist", "skills": ["Archives"]]
        )
        try await stage.perform("POST /admin/users/{id}/erasure", by: admin, at: now, id: leaver.description)
    }

    @discardableResult
    private func join(_ email: String, _ first: String, _ last: String, daysAgo: Double) async throws -> Identifier<User> {
        let id = Identifier<User>()
        let user = NewUser(
            id: id,
            email: email,
            passwordHash: passwordHash,
            firstName: first,
            lastName: last,
            roles: [.candidate],
            status: .active,
            isVerified: true
        )
        try await stage.addUser(user, at: moment(daysAgo: daysAgo))
        return id
    }

    private func moment(daysAgo days: Double) -> Date { now.addingTimeInterval(-Double(days: days)) }
}
