import Foundation
import Identity
import Kernel
import Letters
import Notifications
import Postgres

/// Tells somebody that they were put on a team: once, however often the work is repeated.
struct TellTeam: Work {
    static let name = "jobs.tellTeam"
    static let lane = Lane.mail
    let event: Identifier<EventRecord>
}

extension Jobs {
    func tellTeam(_ work: TellTeam, as system: SystemActor) async throws {
        try await store.transaction(as: system) { tx in
            guard let row = try await tx.first(JobQueries.event(work.event, tenant: tx.tenant)) else { return }
            let change: TeamChanged = try Wire.decode(TeamChanged.self, from: (row.json("payload") as JSON).canonicalBytes)
            let actor = (try row("actor_id") as UUID?).map { Identifier<User>($0) }
            guard let role = change.to, actor != change.userId else { return }
            // The job may be gone by now, and they may have left the team.
            guard let found = try await tx.first(JobQueries.job(change.job.id, tenant: tx.tenant, lock: .none)),
                try await tx.first(TeamQueries.member(change.userId, of: change.job.id, tenant: tx.tenant)) != nil,
                let reader = try await identity.correspondents([change.userId], in: tx)[change.userId]
            else { return }
            let job = try Job(checking: found)
            let language = reader.head.language
            let text = Words.text(
                "team.added",
                in: language,
                ["job": job.title, "company": job.companyName, "role": Words.text("team.\(role.rawValue)", in: language)]
            )
            try await notifications.tellPlainly(
                .message,
                text,
                about: EventSubject("job", job.id),
                to: change.userId,
                of: Occasion("\(work.event)", at: try row("occurred_at")),
                tx
            )
        }
    }
}
