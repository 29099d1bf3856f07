import Kernel
import Letters
import Postgres

enum CompanyLetterQueries {
    static func letter(_ kind: LetterKind, of company: Identifier<Company>, in language: Language, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT l.subject, l.body, s.is_sent, s.delay_minutes
        FROM (VALUES (\(kind)::text, \(language.rawValue)::text)) k (kind, language)
        LEFT JOIN company_letters l
            ON l.tenant_id = \(tenant) AND l.company_id = \(company) AND l.kind = k.kind AND l.language = k.language
        LEFT JOIN company_letter_settings s ON s.tenant_id = \(tenant) AND s.company_id = \(company) AND s.kind = k.kind
        """
    }

    static func write(_ input: WriteCompanyLetter, _ tx: TenantTransaction) -> SQL {
        """
        INSERT INTO company_letters (tenant_id, company_id, kind, language, subject, body, updated_by, updated_at)
        VALUES (
            \(tx.tenant), \(input.id), \(input.kind), \(input.language.rawValue), \(input.subject), \(input.body), \(tx.caller.user), \(tx.now)
        )
        ON CONFLICT (tenant_id, company_id, kind, language) DO UPDATE
        SET subject = EXCLUDED.subject, body = EXCLUDED.body, updated_by = EXCLUDED.updated_by, updated_at = EXCLUDED.updated_at
        """
    }

    static func reset(_ input: ResetCompanyLetter, _ tx: TenantTransaction) -> SQL {
        """
        DELETE FROM company_letters
        WHERE tenant_id = \(tx.tenant) AND company_id = \(input.id) AND kind = \(input.kind) AND language = \(input.language.rawValue)
        """
    }

    static func change(_ input: ChangeCompanyLetter, _ tx: TenantTransaction) -> SQL {
        """
        INSERT INTO company_letter_settings AS s (tenant_id, company_id, kind, is_sent, delay_minutes)
        VALUES (\(tx.tenant), \(input.id), \(input.kind), coalesce(\(input.isSent), TRUE), coalesce(\(input.delayMinutes), 0))
        ON CONFLICT (tenant_id, company_id, kind) DO UPDATE
        SET is_sent = coalesce(\(input.isSent), s.is_sent), delay_minutes = coalesce(\(input.delayMinutes), s.delay_minutes)
        """
    }

    static func company(_ id: Identifier<Company>, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT c.name, c.approval = 'approved' AS is_approved
        FROM companies c
        WHERE c.tenant_id = \(tenant) AND c.id = \(id)
        """
    }
}
