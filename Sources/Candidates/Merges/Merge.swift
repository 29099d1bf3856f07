package import Foundation
package import Kernel
package import Postgres

/// An entry in the ledger of candidates who are one person: rows keep their owner, and a lookup of one candidate finds the other's too.
/// Undoing a merge restores both exactly.
package struct Merge: Codable, Sendable {
    package let id: Identifier<Merge>
    /// The candidate who stands for both.
    package let keptId: Identifier<User>
    package let keptName: String
    package let mergedId: Identifier<User>
    package let mergedName: String
    /// What they had in common when they were merged.
    package let reasons: [MergeReason]
    package let mergedBy: Identifier<User>?
    package let mergedAt: Date
    package let undoneBy: Identifier<User>?
    package let undoneAt: Date?

    init(_ row: Row) throws {
        id = try row("id")
        keptId = try row("kept_id")
        keptName = try row("kept_name")
        mergedId = try row("merged_id")
        mergedName = try row("merged_name")
        reasons = try row.reasons("reasons")
        mergedBy = try row("merged_by")
        mergedAt = try row("merged_at")
        undoneBy = try row("undone_by")
        undoneAt = try row("undone_at")
    }

    var sides: [Identifier<User>] { [keptId, mergedId] }
}

package enum MergeReason: String, Codable, CaseIterable, Sendable {
    case email, phone, name
}

extension Row {
    func reasons(_ column: String) throws -> [MergeReason] {
        let names: [String] = try self(column)
        return names.compactMap(MergeReason.init(rawValue:))
    }
}

extension Member {
    /// Candidates belong to the tenant and not to a company.
    func requireWholeTenant(_ permission: Permission) throws(Failure) {
        guard scope(permission).isWholeTenant else { throw .forbidden }
    }
}

extension Candidates {
    /// A subquery of all ids of the candidate with this one, for reading what candidates left behind.
    package static func ids(with id: Identifier<User>, tenant: Identifier<Tenant>) -> SQL {
        "(\(MergeQueries.together(with: id, tenant: tenant)))"
    }

    func merge(_ id: Identifier<Merge>, in tx: TenantTransaction) async throws(Failure) -> Merge {
        guard let row = try await tx.first(MergeQueries.merge(id, tenant: tx.tenant)) else { throw .mergeNotFound }
        return try reading { try Merge(row) }
    }

    /// A merge with somebody who is erased ends: what is left of them belongs to nobody.
    package func release(_ people: [Identifier<User>], in tx: TenantTransaction) async throws(Failure) {
        tx.queue(DismissalQueries.forget(people, tx))
        for row in try await tx.query(MergeQueries.end(with: people, tx)) {
            let merge = try reading { try Merge(row) }
            try tx.append(CandidatesUnmerged(mergeId: merge.id, keptId: merge.keptId, mergedId: merge.mergedId))
        }
    }
}
