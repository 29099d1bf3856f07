import Foundation
import Kernel
import Postgres

enum CandidateQueries {
    static func profile(_ id: Identifier<User>, tenant: Identifier<Tenant>, locked: Bool = false) -> SQL {
        """
        SELECT headline, summary, location, skills, preferences::text AS preferences, job_search_mode, version
        FROM candidates
        WHERE tenant_id = \(tenant) AND id = \(id)
        \(fragment: locked ? "FOR UPDATE" : "")
        """
    }

    static func isCandidate(_ id: Identifier<User>, tenant: Identifier<Tenant>) -> SQL {
        "SELECT 1 FROM users WHERE tenant_id = \(tenant) AND id = \(id) AND 'candidate' = ANY(roles) AND status = 'active'"
    }

    static func insertMissing(_ id: Identifier<User>, _ tx: TenantTransaction) -> SQL {
        """
        INSERT INTO candidates (tenant_id, id, version, updated_at)
        VALUES (\(tx.tenant), \(id), 0, \(tx.now))
        ON CONFLICT (tenant_id, id) DO NOTHING
        """
    }

    static func update(
        _ stored: StoredProfile,
        _ input: UpdateCandidate,
        of id: Identifier<User>,
        _ tx: TenantTransaction
    ) throws(Failure) -> SQL {
        let preferences = try Wire.text(input.preferences.applied(to: stored.preferences) ?? .none)
        let skills = input.skills.isPresent ? input.skills.applied(to: nil)?.elements.map(\.value) : stored.skills
        return """
            UPDATE candidates
            SET headline = \(input.headline.isPresent ? input.headline.applied(to: nil)?.value : stored.headline),
                summary = \(input.summary.isPresent ? input.summary.applied(to: nil)?.value : stored.summary),
                location = \(input.location.isPresent ? input.location.applied(to: nil)?.value : stored.location),
                skills = \(skills)::text[],
                preferences = \(preferences)::jsonb,
                job_search_mode = \(input.jobSearchMode ?? stored.jobSearchMode),
                version = version + 1,
                updated_at = \(tx.now)
            WHERE tenant_id = \(tx.tenant) AND id = \(id)
            """
    }
}
