package import Foundation
package import Identity
package import Kernel
package import Postgres
import ResumeParsing
package import Resumes

/// What a company noted of a candidate whom it added.
package struct AddedRecord: Codable, Sendable {
    package let companyId: Identifier<Company>
    /// Where the company found them: `meetup`, `agency`.
    package let source: String?
    package let tags: [String]
    package let note: String?
    /// The resume that the company added them with.
    package let resumeId: Identifier<Resume>?
    /// Absent if a rule or the server did.
    package let addedBy: Identifier<User>?
    package let addedAt: Date
    /// When they were last asked to have an account.
    package let invitedAt: Date?

    package init(_ row: Row) throws {
        companyId = try row("company_id")
        source = try row("source")
        tags = try row("tags")
        note = try row("note")
        resumeId = try row("resume_id")
        addedBy = try row("added_by")
        addedAt = try row("added_at")
        invitedAt = try row("invited_at")
    }
}

/// The same as the candidate gets it in their export: the company's tags and note are its own.
struct KeptRecord: Codable, Sendable {
    let company: String
    let name: String
    let email: String?
    let phone: String?
    let source: String?
    let addedAt: Date

    init(_ row: Row) throws {
        company = try row("company")
        name = try row("name")
        email = try row("contact_email")
        phone = try row("phone")
        source = try row("source")
        addedAt = try row("added_at")
    }
}

/// A candidate as a company's member enters them.
package struct NewCandidate: Sendable {
    package let person: SourcedPerson
    package let headline: String?
    package let location: String?
    package let source: String?
    package let tags: [String]
    package let note: String?

    package init(person: SourcedPerson, headline: String?, location: String?, source: String?, tags: [String], note: String?) {
        self.person = person
        self.headline = headline
        self.location = location
        self.source = source
        // Compared without case, as tags of applications are.
        var seen: Set<String> = []
        self.tags = tags.filter { seen.insert($0.lowercased()).inserted }
        self.note = note
    }
}

extension Candidates {
    /// Keeps somebody for a company, whose row is there. Nobody else learns of them, whatever account may have their address.
    package func add(
        _ new: NewCandidate,
        to company: Identifier<Company>,
        by member: Identifier<User>?,
        resume: Identifier<Resume>? = nil,
        in tx: TenantTransaction
    ) throws(Failure) {
        if new.headline != nil || new.location != nil { tx.queue(SourcedQueries.insertProfile(new, tx)) }
        tx.queue(SourcedQueries.insert(new, company, by: member, resume: resume, tx))
        try tx.append(
            CandidateAdded(
                candidateId: new.person.id,
                name: ContactMask.masked(new.person.name),
                companyId: company,
                source: new.source,
                tags: new.tags
            )
        )
    }
}

enum SourcedQueries {
    static func insertProfile(_ new: NewCandidate, _ tx: TenantTransaction) -> SQL {
        """
        INSERT INTO candidates (tenant_id, id, headline, location, version, updated_at)
        VALUES (\(tx.tenant), \(new.person.id), \(new.headline), \(new.location), 0, \(tx.now))
        """
    }

    static func insert(
        _ new: NewCandidate,
        _ company: Identifier<Company>,
        by member: Identifier<User>?,
        resume: Identifier<Resume>?,
        _ tx: TenantTransaction
    ) -> SQL {
        """
        INSERT INTO sourced_candidates (tenant_id, id, company_id, source, tags, note, resume_id, added_by, added_at)
        VALUES (
            \(tx.tenant), \(new.person.id), \(company), \(new.source), \(new.tags)::text[], \(new.note), \(resume), \(member), \(tx.now)
        )
        """
    }

    /// What the member's companies noted of this candidate, before and after they were joined with an account.
    static func added(_ id: Identifier<User>, by member: Member) -> SQL {
        """
        SELECT k.company_id, k.source, k.tags, k.note, k.resume_id, k.added_by, k.added_at, k.invited_at, u.phone
        FROM sourced_candidates k
        JOIN users u ON u.tenant_id = k.tenant_id AND u.id = k.id AND u.status <> 'deleted'
        WHERE k.tenant_id = \(member.tenant) AND k.id IN \(Candidates.ids(with: id, tenant: member.tenant))
            AND \(member.scope(.viewCandidates).includes("k.company_id"))
        ORDER BY k.added_at, k.id
        """
    }

    /// What was kept of somebody before they had an account.
    static func kept(of id: Identifier<User>, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT c.name AS company, \(CandidateQueries.name(of: "u")) AS name, u.contact_email, u.phone, k.source, k.added_at
        FROM candidate_merges m
        JOIN sourced_candidates k ON k.tenant_id = m.tenant_id AND k.id = m.merged_id
        JOIN users u ON u.tenant_id = k.tenant_id AND u.id = k.id
        JOIN companies c ON c.tenant_id = k.tenant_id AND c.id = k.company_id
        WHERE m.tenant_id = \(tenant) AND m.kept_id = \(id) AND m.undone_at IS NULL
        ORDER BY k.added_at, k.id
        """
    }

    /// The account with a proven address, under which nobody else's is joined.
    static func holder(_ id: Identifier<User>, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT COALESCE(m.kept_id, u.id) AS kept_id
        FROM users u
        LEFT JOIN candidate_merges m ON m.tenant_id = u.tenant_id AND m.merged_id = u.id AND m.undone_at IS NULL
        WHERE u.tenant_id = \(tenant) AND u.id = \(id) AND u.status = 'active' AND u.email_verified_at IS NOT NULL
            AND 'candidate' = ANY(u.roles)
        FOR UPDATE OF u
        """
    }

    /// Those who are kept under the account's address and joined with nobody.
    static func waiting(for id: Identifier<User>, of company: Identifier<Company>?, tenant: Identifier<Tenant>) -> SQL {
        let one: SQL = company.map { "AND k.company_id = \($0)" } ?? ""
        return """
            SELECT s.id
            FROM users u
            JOIN users s ON s.tenant_id = u.tenant_id AND s.contact_email = u.email AND s.status = 'sourced'
            JOIN sourced_candidates k ON k.tenant_id = s.tenant_id AND k.id = s.id \(one)
            WHERE u.tenant_id = \(tenant) AND u.id = \(id)
                AND NOT EXISTS (
                    SELECT
                    FROM candidate_merges m
                    WHERE m.tenant_id = s.tenant_id AND m.undone_at IS NULL AND s.id IN (m.merged_id, m.kept_id)
                )
            ORDER BY s.id
            FOR UPDATE OF s
            """
    }

    /// What is kept under somebody's id is another's from now on, but for what these have one of their own of.
    static func move(_ belonging: Belonging, of former: Identifier<User>, to owner: Identifier<User>, _ tx: TenantTransaction) -> SQL {
        """
        UPDATE \(raw: belonging.table) t
        SET candidate_id = \(owner), version = t.version + 1, updated_at = \(tx.now)
        WHERE t.tenant_id = \(tx.tenant) AND t.candidate_id = \(former) AND \(belonging.condition) AND NOT \(belonging.isTaken(owner))
        """
    }
}
