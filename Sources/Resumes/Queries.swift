import Blobs
import Documents
import Foundation
import Kernel
import Postgres
import ResumeParsing

enum ResumeQueries {
    private static let summaryColumns: SQL =
        "id, title, status, file_name, media_type, size, linkedin_url, problem, version, created_at, updated_at"

    private static let columns: SQL = "\(fragment: summaryColumns), blob_key, parsed::text AS parsed"

    static func resume(_ id: Identifier<Resume>, of owner: Identifier<User>, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT \(fragment: columns)
        FROM resumes
        WHERE tenant_id = \(tenant) AND id = \(id) AND candidate_id = \(owner) AND deleted_at IS NULL
        """
    }

    /// One's own, or one that came with an application that the reader may view, or that their company added somebody with. An erased application gives nothing away.
    static func visible(_ id: Identifier<Resume>, to reader: Reader) -> SQL {
        let member = reader.member?.scope(.viewApplications).includes("a.company_id") ?? "FALSE"
        let adding = reader.member?.scope(.viewCandidates).includes("k.company_id") ?? "FALSE"
        return """
            SELECT \(fragment: columns)
            FROM resumes r
            WHERE r.tenant_id = \(reader.tenant) AND r.id = \(id)
                AND (
                    (r.candidate_id = \(reader.user) AND r.deleted_at IS NULL)
                    OR (
                        r.blob_key <> '' AND r.candidate_id IS DISTINCT FROM \(reader.user)::uuid
                        AND (
                            EXISTS (
                                SELECT
                                FROM applications a
                                WHERE a.tenant_id = r.tenant_id AND a.resume_id = r.id
                                    AND (
                                        a.candidate_id = r.candidate_id
                                        OR EXISTS (
                                            SELECT
                                            FROM candidate_merges m
                                            WHERE m.tenant_id = r.tenant_id AND m.undone_at IS NULL
                                                AND m.kept_id = r.candidate_id AND m.merged_id = a.candidate_id
                                        )
                                    )
                                    AND a.applicant ->> 'name' <> \(Erased.mark) AND \(fragment: member)
                                    AND \(reader.caller.knowsJob("a.job_id"))
                            )
                            OR EXISTS (
                                SELECT
                                FROM sourced_candidates k
                                WHERE k.tenant_id = r.tenant_id AND k.resume_id = r.id AND \(fragment: adding)
                            )
                        )
                    )
                )
            """
    }

    static func all(of owner: Identifier<User>, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT \(fragment: columns)
        FROM resumes
        WHERE tenant_id = \(tenant) AND candidate_id = \(owner) AND deleted_at IS NULL
        ORDER BY created_at, id
        """
    }

    static func reading(of owner: Identifier<User>, resume: Identifier<Resume>?, tenant: Identifier<Tenant>) -> SQL {
        let one: SQL = resume.map { "AND id = \($0)" } ?? ""
        return """
            SELECT id, status, parsed::text AS parsed
            FROM resumes
            WHERE tenant_id = \(tenant) AND candidate_id = \(owner) AND deleted_at IS NULL \(fragment: one)
            ORDER BY created_at DESC, id DESC
            LIMIT 1
            """
    }

    static func count(of owner: Identifier<User>, tenant: Identifier<Tenant>) -> SQL {
        "SELECT count(*) AS count FROM resumes WHERE tenant_id = \(tenant) AND candidate_id = \(owner) AND deleted_at IS NULL"
    }

    static func lock(_ owner: Identifier<User>, tenant: Identifier<Tenant>) -> SQL {
        "SELECT pg_advisory_xact_lock(hashtextextended(\("resumes \(tenant) \(owner)"), 0))"
    }

    static func list(
        _ input: ListResumes,
        of owner: Identifier<User>,
        tenant: Identifier<Tenant>,
        _ page: PageRequest
    ) throws(Failure) -> SQL {
        let status: SQL = input.status.map { "AND status = \($0)" } ?? ""
        let key: ListOrder.Key =
            switch input.sortBy ?? .createdAt {
            case .createdAt: .time("created_at")
            case .updatedAt: .time("updated_at")
            case .title: .text("title")
            }
        return try ListQuery(
            summaryColumns,
            from: "resumes",
            where: "tenant_id = \(tenant) AND candidate_id = \(owner) AND deleted_at IS NULL \(status)",
            by: input.sortOrder == .asc ? .ascending(key, .id("id")) : .descending(key, .id("id"))
        ).page(page)
    }

    static func insert(
        _ id: Identifier<Resume>,
        _ input: UploadResume,
        kind: DocumentKind,
        text: ExtractedText,
        key: BlobKey,
        owner: Identifier<User>,
        _ tx: TenantTransaction
    ) -> SQL {
        let title = input.title?.value ?? input.file.name
        return """
            INSERT INTO resumes (
                tenant_id, id, candidate_id, title, status, file_name, media_type, size, linkedin_url, blob_key, text, prominent_line, links,
                created_at, updated_at
            )
            VALUES (
                \(tx.tenant), \(id), \(owner), \(title), \(ResumeStatus.uploaded), \(input.file.name), \(kind.mediaType), \(input.file.size),
                \(input.linkedinUrl), \(key.description), \(text.text), \(text.prominentLine), \(text.links)::text[], \(tx.now), \(tx.now)
            )
            """
    }

    static func text(of id: Identifier<Resume>, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT candidate_id, media_type, text, prominent_line, links
        FROM resumes
        WHERE tenant_id = \(tenant) AND id = \(id) AND status = 'uploaded'
        """
    }

    static func setParsed(_ parsed: ParsedResume, of id: Identifier<Resume>, _ tx: TenantTransaction) throws(Failure) -> SQL {
        """
        UPDATE resumes
        SET parsed = \(try Wire.text(parsed))::jsonb, status = 'parsed', version = version + 1, updated_at = \(tx.now)
        WHERE tenant_id = \(tx.tenant) AND id = \(id) AND status = 'uploaded'
        """
    }

    static func setFailed(_ problem: String, of id: Identifier<Resume>, _ tx: TenantTransaction) -> SQL {
        """
        UPDATE resumes
        SET problem = \(problem), status = 'failed', version = version + 1, updated_at = \(tx.now)
        WHERE tenant_id = \(tx.tenant) AND id = \(id) AND status = 'uploaded'
        """
    }
}

extension Resume {
    init(_ row: Row) throws {
        self.init(
            id: try row("id"),
            title: try row("title"),
            status: try row("status"),
            fileName: try row("file_name"),
            mediaType: try row("media_type"),
            size: try row("size"),
            linkedinUrl: try row("linkedin_url"),
            problem: try row("problem"),
            version: try row("version"),
            createdAt: try row("created_at"),
            updatedAt: try row("updated_at")
        )
    }
}
