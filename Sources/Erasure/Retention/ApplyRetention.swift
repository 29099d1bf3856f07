import Applications
package import Foundation
import Identity
package import Jobs
package import Kernel
import Notifications
import Postgres

/// Once a day: flags what rules have come for, lets go what was touched since, and erases what was flagged a week ago.
struct ApplyRetention: Work {
    static let name = "erasure.retain"
    static let lane = Lane.heavy
}

package struct RetentionChanged: Event {
    package static let name = "retention.changed"
    package static let summary = "A rule of how long applications are kept took effect, or ended."
    package static var sample: Self {
        RetentionChanged(ruleId: .placeholder, tenant: .placeholder, companyId: nil, category: .rejected, months: 24, isActive: true)
    }
    package let ruleId: Identifier<RetentionRule>
    package let tenant: Identifier<Tenant>
    package let companyId: Identifier<Company>?
    package let category: StageCategory
    package let months: Int
    package let isActive: Bool
    package var subject: EventSubject { EventSubject("tenant", tenant) }
}

extension RetentionChanged {
    init(_ rule: RetentionRule, isActive: Bool, tenant: Identifier<Tenant>) {
        self.init(
            ruleId: rule.id,
            tenant: tenant,
            companyId: rule.companyId,
            category: rule.category,
            months: rule.months,
            isActive: isActive
        )
    }
}

package struct RetentionFlagged: Event {
    package static let name = "application.retention_flagged"
    package static let summary =
        "An application has been idle for as long as the tenant keeps it, and is erased at `dueAt` if nothing happens to it."
    package static var sample: Self {
        RetentionFlagged(
            applicationId: .placeholder,
            companyId: .placeholder,
            ruleId: .placeholder,
            dueAt: Date(timeIntervalSince1970: 1_767_258_000)
        )
    }
    package let applicationId: Identifier<ErasedApplication>
    package let companyId: Identifier<Company>
    package let ruleId: Identifier<RetentionRule>
    package let dueAt: Date
    package var subject: EventSubject { EventSubject("application", applicationId) }
}

package struct ApplicationsErased: Event {
    package static let name = "applications.erased"
    package static let summary = "Applications were erased whose time was over; `number` is that of the receipt."
    package static var sample: Self { ApplicationsErased(tenant: .placeholder, number: 8, applications: [.placeholder]) }
    package let tenant: Identifier<Tenant>
    package let number: Int
    package let applications: [Identifier<ErasedApplication>]
    package var subject: EventSubject { EventSubject("tenant", tenant) }
}

extension Erasure {
    private static let retentionBatch = 100

    func applyRetention(_ work: ApplyRetention, as system: SystemActor) async throws {
        let rows = try await store.query(as: system, RetentionQueries.list(system.tenant))
        for rule in try rows.map(RetentionRule.init) where rule.activeSince != nil {
            while try await flag(rule, as: system) > 0 {}
        }
        while try await eraseDue(as: system) > 0 {}
    }

    private func flag(_ rule: RetentionRule, as system: SystemActor) async throws(Failure) -> Int {
        try await store.transaction(as: system) { tx in
            let found = try await applications.idle(try await idle(rule, tx), unflagged: true, limit: Self.retentionBatch, in: tx)
            guard !found.isEmpty else { return 0 }
            let due = tx.now + Self.grace
            tx.queue(RetentionQueries.flag(found.map(\.id.uuid), by: rule.id, due: due, tx))
            for application in found { try await tell(of: application, rule, due, tx) }
            try await tellAdministrators(found.count, due, tx)
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
                applicationId: application.id.retagged(ErasedApplication.self),
                companyId: application.companyId,
                ruleId: rule.id,
                dueAt: due
            )
        )
        let words = "Your application is no longer needed. It will be erased on \(Timestamp.text(due).prefix(10))."
        try await notifications.tell(words, about: EventSubject("application", application.id), to: [application.candidateId], tx)
    }

    private func tellAdministrators(_ count: Int, _ due: Date, _ tx: TenantTransaction) async throws(Failure) {
        let admins = try await identity.tenantAdmins(in: tx)
        let words = "\(count) idle applications will be erased on \(Timestamp.text(due).prefix(10)) by your retention rules."
        try await notifications.tell(words, about: EventSubject("tenant", tx.tenant), to: admins, tx)
    }

    /// How many flags it dealt with.
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
            let erased = idle.map { Identifier<ErasedApplication>($0) }
            try await applications.end(idle, in: tx)
            try tx.append(ApplicationsErased(tenant: tx.tenant, number: erasure.view.number, applications: erased))
            return flags.count
        }
    }
}
