import Candidates
import Identity
import Jobs
import Kernel
import Postgres

/// Statements on candidates whom companies added; those on imports are in a file of their own.
enum SourcingQueries {
    private static let columns: SQL = """
        u.first_name, u.last_name, u.locale, \(Identity.address(of: "u")) AS email, u.phone, p.headline, p.location, k.source, k.tags, k.note,
        k.resume_id, k.added_by, k.invited_at,
        COALESCE(NULLIF(concat_ws(' ', u.first_name, u.last_name), ''), 'Candidate') AS name,
        EXISTS (
            SELECT
            FROM candidate_merges m
            JOIN users a ON a.tenant_id = m.tenant_id AND a.id = m.kept_id AND a.status = 'active'
            WHERE m.tenant_id = u.tenant_id AND m.merged_id = u.id AND m.undone_at IS NULL
        ) AS has_account
        """

    static func company(_ id: Identifier<Company>, tenant: Identifier<Tenant>) -> SQL {
        "SELECT 1 FROM companies c WHERE c.tenant_id = \(tenant) AND c.id = \(id)"
    }

    /// A job that the caller knows and may enter candidates for.
    static func job(_ id: Identifier<Job>, of company: Identifier<Company>, for caller: Caller) -> SQL {
        """
        SELECT 1
        FROM jobs j
        WHERE j.tenant_id = \(caller.tenant) AND j.id = \(id) AND j.company_id = \(company) AND j.published_at IS NOT NULL
            AND \(caller.knowsJob("j.id"))
        """
    }

    static func candidate(_ id: Identifier<User>, of company: Identifier<Company>, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT k.id, k.added_at, \(columns)
        FROM sourced_candidates k
        JOIN users u ON u.tenant_id = k.tenant_id AND u.id = k.id AND u.status = 'sourced'
        LEFT JOIN candidates p ON p.tenant_id = k.tenant_id AND p.id = k.id
        WHERE k.tenant_id = \(tenant) AND k.id = \(id) AND k.company_id = \(company)
        """
    }

    /// Without those who were erased, of whom nothing is left to show.
    static func list(_ input: ListCandidates, tenant: Identifier<Tenant>, _ request: PageRequest) throws(Failure) -> SQL {
        try ListQuery(
            "k.id, k.added_at",
            from: "sourced_candidates k",
            where: "k.tenant_id = \(tenant) AND k.company_id = \(input.id) AND NOT k.is_erased",
            by: .descending(.time("added_at"), .id("id"))
        ).page(
            request,
            details: ", \(columns)",
            joining: """
                LEFT JOIN sourced_candidates k ON k.tenant_id = \(tenant) AND k.id = page.id
                LEFT JOIN users u ON u.tenant_id = \(tenant) AND u.id = page.id
                LEFT JOIN candidates p ON p.tenant_id = \(tenant) AND p.id = page.id
                """
        )
    }

    static func setInvited(_ id: Identifier<User>, _ tx: TenantTransaction) -> SQL {
        "UPDATE sourced_candidates SET invited_at = \(tx.now) WHERE tenant_id = \(tx.tenant) AND id = \(id)"
    }
}

extension AddedCandidate {
    init(_ row: Row) throws {
        let phone: String? = try row("phone")
        self.init(
            id: try row("id"),
            name: try row("name"),
            contact: ContactData(email: try row("email"), phones: phone.map { [$0] } ?? [], isMasked: false),
            headline: try row("headline"),
            location: try row("location"),
            source: try row("source"),
            tags: try row("tags"),
            note: try row("note"),
            resumeId: try row("resume_id"),
            addedBy: try row("added_by"),
            addedAt: try row("added_at"),
            invitedAt: try row("invited_at"),
            hasAccount: try row("has_account")
        )
    }
}
