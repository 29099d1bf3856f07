package import Foundation
package import Kernel
import Postgres

/// The tenant's rule of who approves what; a company's own goes before it.
package struct ApprovalChain: Codable, Sendable {
    package let kind: ApprovalKind
    /// Absent for all companies that have none of their own.
    package let companyId: Identifier<Company>?
    package let steps: [ApprovalStep]
    package let allowsOwn: Bool
    package let updatedAt: Date
}

struct WriteChain: Codable, Sendable {
    let kind: ApprovalKind
    let companyId: Identifier<Company>?
    /// One after the other.
    let steps: FilledList<ApprovalStep, 10>
    /// Whether who asks may also approve.
    let allowsOwn: Bool?
}

struct RemoveChain: Codable, Sendable {
    let kind: ApprovalKind
    let companyId: Identifier<Company>?
}

extension Approvals {
    func listChains(_: NoInput, by admin: TenantAdmin) async throws(Failure) -> Items<ApprovalChain> {
        Items(try await store.query(as: admin, ChainQueries.all(tenant: admin.tenant)).decoded(ApprovalChain.init))
    }

    /// What was asked for before goes on by the steps that it was asked with.
    func writeChain(_ input: WriteChain, by admin: TenantAdmin) async throws(Failure) -> ApprovalChain {
        for (index, step) in input.steps.elements.enumerated() {
            let people = step.userIds?.elements ?? []
            guard (step.role == nil) != people.isEmpty else { throw .validation("steps.\(index).role", "Name either a role or people.") }
        }
        return try await store.transaction(as: admin) { tx in
            for (index, step) in input.steps.elements.enumerated() {
                let people = Set(step.userIds?.elements ?? [])
                let known = try await tx.query(ApproverQueries.active(Array(people), company: input.companyId, tenant: tx.tenant)).count
                guard known == people.count else {
                    throw Failure.validation("steps.\(index).userIds", "Must be people who work here.")
                }
            }
            tx.queue(try ChainQueries.write(input, tx))
            try tx.append(ApprovalChainChanged(kind: input.kind, companyId: input.companyId, steps: input.steps.elements.count))
            let row = try await tx.first(ChainQueries.chain(input.kind, of: input.companyId, tenant: tx.tenant))
            guard let chain = try reading({ try row.map(ApprovalChain.init) }) else { throw Failure.chainNotFound }
            return chain
        }
    }

    func removeChain(_ input: RemoveChain, by admin: TenantAdmin) async throws(Failure) -> NoContent {
        try await store.transaction(as: admin) { tx in
            guard try await tx.execute(ChainQueries.remove(input.kind, of: input.companyId, tx)) > 0 else { throw Failure.chainNotFound }
            try tx.append(ApprovalChainChanged(kind: input.kind, companyId: input.companyId, steps: 0))
            return NoContent()
        }
    }
}

enum ChainQueries {
    private static let columns: SQL = "kind, company_id, steps::text AS steps, allows_own, updated_at"

    static func all(tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT \(fragment: columns)
        FROM approval_chains
        WHERE tenant_id = \(tenant)
        ORDER BY company_id IS NOT NULL, kind, company_id
        """
    }

    static func chain(_ kind: ApprovalKind, of company: Identifier<Company>?, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT \(fragment: columns)
        FROM approval_chains
        WHERE tenant_id = \(tenant) AND kind = \(kind) AND company_id IS NOT DISTINCT FROM \(company)::uuid
        """
    }

    /// The company's own, else the tenant's; nobody changes it until the transaction ends.
    static func chain(for matter: ApprovalMatter, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT \(fragment: columns)
        FROM approval_chains
        WHERE tenant_id = \(tenant) AND kind = \(matter.kind) AND (company_id = \(matter.company) OR company_id IS NULL)
        ORDER BY company_id IS NULL
        LIMIT 1
        FOR SHARE
        """
    }

    static func write(_ input: WriteChain, _ tx: TenantTransaction) throws(Failure) -> SQL {
        """
        INSERT INTO approval_chains (tenant_id, id, kind, company_id, steps, allows_own, updated_by, updated_at)
        VALUES (
            \(tx.tenant), \(Identifier<ApprovalChain>()), \(input.kind), \(input.companyId), \(try Wire.text(input.steps))::jsonb,
            \(input.allowsOwn ?? false), \(tx.caller.user), \(tx.now)
        )
        ON CONFLICT (tenant_id, kind, company_id)
        DO UPDATE SET steps = EXCLUDED.steps, allows_own = EXCLUDED.allows_own, updated_by = EXCLUDED.updated_by,
            updated_at = EXCLUDED.updated_at
        """
    }

    static func remove(_ kind: ApprovalKind, of company: Identifier<Company>?, _ tx: TenantTransaction) -> SQL {
        """
        DELETE FROM approval_chains
        WHERE tenant_id = \(tx.tenant) AND kind = \(kind) AND company_id IS NOT DISTINCT FROM \(company)::uuid
        """
    }
}

extension ApprovalChain {
    init(_ row: Row) throws {
        self.init(
            kind: try row("kind"),
            companyId: try row("company_id"),
            steps: try row.json("steps"),
            allowsOwn: try row("allows_own"),
            updatedAt: try row("updated_at")
        )
    }
}
