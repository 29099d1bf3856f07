import Applications
import Foundation
import Identity
import Kernel
import Notifications
import Postgres

/// Once a day: flags what rules apply to, unflags what was touched since, and erases what was flagged a week ago.
struct ApplyRetention: Work {
    static let name = "erasure.retain"
    static let lane = Lane.heavy
}

extension Erasure {
    private static let retentionBatch = 100

    func applyRetention(_ work: ApplyRetention, as system: SystemActor) async throws {
        let rows = try await store.query(as: system, RetentionQueries.list(system.tenant))
        for rule in try rows.map(RetentionRule.init) where rule.activeSince != nil {
            while try await flag(rule, as: system) > 0 {}
        }
        try await tellAdministrators(as: system)
        while try await eraseDue(as: system) > 0 {}
    }

    private func flag(_ rule: RetentionRule, as system: SystemActor) async throws(Failure) -> Int {
        try await store.transaction(as: system) { tx in
            let found = try await applications.idle(try await idle(rule, tx), unflagged: true, limit: Self.retentionBatch, in: tx)
            guard !found.isEmpty else { return 0 }
            let due = tx.now + Self.grace
            tx.queue(RetentionQueries.flag(found.map(\.id.uuid), by: rule.id, due: due, tx))
            for application in found { try await tell(of: application, rule, due, tx) }
            return found.count
        }
    }

    private func tell(
        of application: IdleApplication,
        _ rule: RetentionRule,
        _ due: Date,
        _ tx: TenantTransaction
    ) async throws(Failure) {
        try tx.append(
            RetentionFlagged(
                applicationId: application.id,
                companyId: application.companyId,
                ruleId: rule.id,
                dueAt: due
            )
        )
        let words = "Your application is no longer needed. It will be erased on \(Timestamp.day(due))."
        try await notifications.tell(words, about: EventSubject("application", application.id), to: [application.candidateId], tx)
    }

    /// One notification for everything flagged since the last, including by a run that was interrupted.
    private func tellAdministrators(as system: SystemActor) async throws(Failure) {
        try await store.transaction(as: system) { tx in
            guard let row = try await tx.first(RetentionQueries.markTold(tx)), let due: Date = try row("first_due") else { return }
            let count: Int = try row("count")
            let applications = count == 1 ? "1 idle application" : "\(count) idle applications"
            let words = "\(applications) will be erased from \(Timestamp.day(due)) on by your retention rules."
            try await notifications.tell(words, about: EventSubject("tenant", tx.tenant), to: try await identity.tenantAdmins(in: tx), tx)
        }
    }

    /// How many flags it handled.
    private func eraseDue(as system: SystemActor) async throws(Failure) -> Int {
        try await store.transaction(as: system) { tx in
            let flags = try await tx.query(RetentionQueries.due(limit: Self.retentionBatch, tx)).map(RetentionFlag.init)
            guard !flags.isEmpty else { return 0 }
            let ids = flags.map(\.applicationId.uuid)
            tx.queue(RetentionQueries.unflag(ids, tx))
            let touched = try await applications.touched(flags.map { (id: $0.applicationId.uuid, since: $0.flaggedAt) }, in: tx)
            let idle = ids.filter { !touched.contains($0) }
            guard !idle.isEmpty else { return flags.count }
            let erasure = try await record(of: nil, .retention, due: tx.now, tx)
            let subject = try await subject([], things: idle, in: tx)
            _ = try await tx.first(ErasureQueries.begin(erasure.id, subject, tx))
            try tx.enqueue(ErasePerson(erasure: erasure.id))
            let erased = idle.map { Identifier<Application>($0) }
            try await applications.end(idle, in: tx)
            try tx.append(ApplicationsErased(tenant: tx.tenant, number: erasure.view.number, applications: erased))
            return flags.count
        }
    }
}
