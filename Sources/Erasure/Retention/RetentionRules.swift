package import Applications
package import Foundation
import Identity
import Jobs
package import Kernel
import Postgres

struct CreateRetentionRule: Codable, Sendable {
    let companyId: Identifier<Company>?
    let category: StageCategory
    /// After the last activity.
    let months: Bounded<1, 240>
}

struct NamedRetentionRule: Codable, Sendable {
    let id: Identifier<RetentionRule>
}

/// What a rule would flag if it were activated now.
package struct RetentionTrial: Codable, Sendable {
    package struct Example: Codable, Sendable {
        package let applicationId: Identifier<Application>
        package let candidateName: String
        package let companyId: Identifier<Company>
        package let lastActiveAt: Date
    }

    package let rule: RetentionRule
    package let applications: Int
    /// The longest idle.
    package let examples: [Example]
}

struct ListRetentionFlags: Codable, Sendable {
    /// The last application that the reader has.
    let cursor: Identifier<Application>?
    let limit: Bounded<1, 100>?
}

extension Erasure {
    private static let examples = 20

    func createRetentionRule(_ input: CreateRetentionRule, by admin: TenantAdmin) async throws(Failure) -> RetentionRule {
        try await store.transaction(as: admin) { tx in
            guard let row = try await tx.first(RetentionQueries.insert(Identifier(), input, tx)) else {
                throw Failure.retentionRuleNotFound
            }
            return try RetentionRule(row)
        }
    }

    func listRetentionRules(_ input: NoInput, by admin: TenantAdmin) async throws(Failure) -> Items<RetentionRule> {
        let rows = try await store.query(as: admin, RetentionQueries.list(admin.tenant))
        return Items(try rows.decoded(RetentionRule.init))
    }

    func tryRetentionRule(_ input: NamedRetentionRule, by admin: TenantAdmin) async throws(Failure) -> RetentionTrial {
        try await store.transaction(as: admin) { tx in
            guard let row = try await tx.first(RetentionQueries.tried(input.id, tx)) else { throw Failure.retentionRuleNotFound }
            let rule = try RetentionRule(row)
            let search = try await idle(rule, tx)
            let found = try await applications.idle(search, limit: Self.examples, in: tx)
            let total = try await applications.countIdle(search, in: tx)
            let examples = found.map { application in
                RetentionTrial.Example(
                    applicationId: application.id,
                    candidateName: application.candidateName,
                    companyId: application.companyId,
                    lastActiveAt: application.lastActiveAt
                )
            }
            return RetentionTrial(rule: rule, applications: total, examples: examples)
        }
    }

    func activateRetentionRule(_ input: NamedRetentionRule, by admin: TenantAdmin) async throws(Failure) -> RetentionRule {
        try await store.transaction(as: admin) { tx in
            let rule = try await retentionRule(input.id, tx)
            guard rule.triedAt != nil else { throw Failure.retentionUntried }
            guard let row = try await tx.first(RetentionQueries.activate(input.id, tx)) else { throw Failure.retentionRuleNotFound }
            tx.queue(RetentionQueries.schedule(tx))
            let active = try RetentionRule(row)
            if rule.activeSince == nil { try tx.append(RetentionChanged(active, isActive: true, tenant: tx.tenant)) }
            return active
        }
    }

    func deleteRetentionRule(_ input: NamedRetentionRule, by admin: TenantAdmin) async throws(Failure) -> NoContent {
        try await store.transaction(as: admin) { tx in
            guard let row = try await tx.first(RetentionQueries.delete(input.id, tx)) else { throw Failure.retentionRuleNotFound }
            tx.queue(RetentionQueries.unscheduleUnused(tx))
            let rule = try RetentionRule(row)
            if rule.activeSince != nil { try tx.append(RetentionChanged(rule, isActive: false, tenant: tx.tenant)) }
            return NoContent()
        }
    }

    func listRetentionFlags(_ input: ListRetentionFlags, by admin: TenantAdmin) async throws(Failure) -> CursorPage<RetentionFlag> {
        let limit = input.limit?.value ?? 50
        let rows = try await store.query(as: admin, RetentionQueries.flags(after: input.cursor, limit: limit, tenant: admin.tenant))
        return CursorPage(try rows.decoded(RetentionFlag.init), limit: limit) { $0.applicationId.description }
    }

    private func retentionRule(_ id: Identifier<RetentionRule>, _ tx: TenantTransaction) async throws(Failure) -> RetentionRule {
        guard let row = try await tx.first(RetentionQueries.rule(id, tx)) else { throw .retentionRuleNotFound }
        return try reading { try RetentionRule(row) }
    }

    /// The applications that a rule covers: a tenant's leaves out companies with a rule of their own.
    func idle(_ rule: RetentionRule, _ tx: TenantTransaction) async throws(Failure) -> IdleApplications {
        let rows = try await tx.query(RetentionQueries.list(tx.tenant))
        let own = try rows.decoded(RetentionRule.init).filter { $0.category == rule.category && $0.activeSince != nil }.compactMap(
            \.companyId
        )
        return IdleApplications(
            category: rule.category,
            company: rule.companyId,
            excepting: rule.companyId == nil ? own : [],
            since: Self.date(rule.months, monthsBefore: tx.now)
        )
    }

    static func date(_ months: Int, monthsBefore date: Date) -> Date {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        return calendar.date(byAdding: .month, value: -months, to: date) ?? date
    }
}
