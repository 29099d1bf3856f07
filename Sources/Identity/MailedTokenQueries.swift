import Foundation
import Kernel
import Letters
import Postgres

/// Statements on the tokens in reset, invitation and confirmation mails.
enum MailedTokenQueries {
    /// Issues a token to the holder of an address, if there is one who may have it. The same work issues the same token, at most once.
    static func issue(_ token: OpaqueToken, _ work: SendAccountMail, expiresAt: Date, tenant: Identifier<Tenant>) -> SQL {
        """
        WITH holder AS (
            SELECT u.tenant_id, u.id, u.email, u.first_name, u.last_name, u.roles, u.email_verified_at IS NOT NULL AS is_verified,
                u.password_hash IS NOT NULL AS has_password, u.locale, u.time_zone
            FROM users u
            WHERE u.tenant_id = \(tenant) AND u.email = \(work.email) AND \(fragment: mayHave(work, tenant))
        ), swept AS (
            DELETE FROM password_resets p
            USING holder
            WHERE p.tenant_id = \(tenant) AND p.user_id = holder.id AND p.expires_at < \(work.requestedAt - 30 * 86_400)
        ), issued AS (
            INSERT INTO password_resets (tenant_id, hash, user_id, purpose, company_id, created_at, expires_at)
            SELECT tenant_id, \(token.hash), id, \(work.kind), \(work.company)::uuid, \(work.requestedAt), \(expiresAt)
            FROM holder
            ON CONFLICT (tenant_id, hash) DO NOTHING
        ), succeeded AS (
            \(fragment: succeed(work, tenant))
        )
        SELECT h.id, h.email, h.first_name, h.last_name, h.roles, h.is_verified, h.has_password, t.code AS tenant_code,
            \(fragment: Letterhead.columns(user: "h"))
        FROM holder h
        JOIN tenants t ON t.id = h.tenant_id
        """
    }

    /// A fresh invitation ends those before it: who finds the older mail uses the newer one.
    private static func succeed(_ work: SendAccountMail, _ tenant: Identifier<Tenant>) -> SQL {
        guard work.kind == .invitation || work.kind == .candidateInvitation else { return "SELECT" }
        return """
            UPDATE password_resets p
            SET spent_at = \(work.requestedAt)
            FROM holder
            WHERE p.tenant_id = \(tenant) AND p.user_id = holder.id AND p.purpose = \(work.kind) AND p.spent_at IS NULL
                AND p.company_id IS NOT DISTINCT FROM \(work.company)::uuid AND p.created_at < \(work.requestedAt)
            """
    }

    /// No token for somebody who has left, whose invitation was withdrawn, or who has since done what the mail asks for.
    private static func mayHave(_ work: SendAccountMail, _ tenant: Identifier<Tenant>) -> SQL {
        switch work.kind {
        case .passwordReset: return "u.status IN ('active', 'invited')"
        case .confirmation:
            return """
                u.status = 'active' AND (u.email_verified_at IS NULL OR EXISTS (
                    SELECT FROM mail_bounces b WHERE b.tenant_id = \(tenant) AND b.address = lower(u.email)
                ))
                """
        case .candidateInvitation:
            return """
                u.status IN ('active', 'invited') AND EXISTS (
                    SELECT
                    FROM users s
                    WHERE s.tenant_id = \(tenant) AND s.contact_email = u.email AND s.status = 'sourced'
                )
                """
        case .invitation:
            guard let company = work.company else { return "u.status = 'invited'" }
            return """
                u.status IN ('active', 'invited') AND EXISTS (
                    SELECT
                    FROM company_members m
                    JOIN companies c ON c.tenant_id = m.tenant_id AND c.id = m.company_id AND c.approval = 'approved'
                    WHERE m.tenant_id = \(tenant) AND m.company_id = \(company) AND m.user_id = u.id AND m.status = 'invited'
                )
                """
        }
    }

    /// The token of a reset or an invitation, and whether its account is still waiting for its owner.
    static func find(_ token: OpaqueToken, now: Date) -> SQL {
        """
        SELECT p.purpose, u.password_hash IS NULL OR u.email_verified_at IS NULL AS is_unclaimed
        FROM password_resets p
        JOIN users u ON u.tenant_id = p.tenant_id AND u.id = p.user_id
        WHERE p.tenant_id = \(token.tenant) AND p.hash = \(token.hash) AND p.spent_at IS NULL AND p.expires_at > \(now)
            AND p.purpose IN ('passwordReset', 'invitation', 'candidateInvitation')
        """
    }

    /// Spends the token and every other one of its user that could set a password, and sets it. Invitations to other companies stay. An
    /// invitation sets none if the account already has its owner's.
    static func spend(_ token: OpaqueToken, hash: String, _ tx: TenantTransaction) -> SQL {
        """
        WITH spent AS (
            UPDATE password_resets p
            SET spent_at = \(tx.now)
            FROM users u
            WHERE p.tenant_id = \(tx.tenant) AND p.hash = \(token.hash) AND p.spent_at IS NULL AND p.expires_at > \(tx.now)
                AND u.tenant_id = \(tx.tenant) AND u.id = p.user_id AND u.status IN ('active', 'invited')
                AND (
                    p.purpose = 'passwordReset'
                    OR p.purpose IN ('invitation', 'candidateInvitation') AND (u.password_hash IS NULL OR u.email_verified_at IS NULL)
                )
            RETURNING p.user_id, p.purpose, p.company_id, p.created_at, u.status = 'invited' AS was_invited,
                u.email_verified_at IS NULL AS was_unproven
        ), others AS (
            UPDATE password_resets p
            SET spent_at = \(tx.now)
            FROM spent
            WHERE p.tenant_id = \(tx.tenant) AND p.user_id = spent.user_id AND p.hash <> \(token.hash) AND p.spent_at IS NULL
                AND p.company_id IS NULL
        ), changed AS (
            UPDATE users u
            SET password_hash = \(hash), status = 'active', email_verified_at = coalesce(u.email_verified_at, \(tx.now)), updated_at = \(tx.now)
            FROM spent
            WHERE u.tenant_id = \(tx.tenant) AND u.id = spent.user_id
        )
        SELECT user_id, was_invited, was_unproven, purpose = 'invitation' AS is_invitation, company_id, created_at
        FROM spent
        """
    }

    /// Spends a token that only its holder, signed in, can use.
    static func spend(_ token: OpaqueToken, as purpose: SendAccountMail.Kind, of user: Identifier<User>, _ tx: TenantTransaction) -> SQL {
        """
        UPDATE password_resets
        SET spent_at = \(tx.now)
        WHERE tenant_id = \(tx.tenant) AND hash = \(token.hash) AND user_id = \(user) AND purpose = \(purpose) AND spent_at IS NULL
            AND expires_at > \(tx.now)
        RETURNING company_id, created_at
        """
    }

    /// The same for an invitation, whether to work for a company or to be its candidate.
    static func spendInvitation(_ token: OpaqueToken, of user: Identifier<User>, _ tx: TenantTransaction) -> SQL {
        """
        UPDATE password_resets
        SET spent_at = \(tx.now)
        WHERE tenant_id = \(tx.tenant) AND hash = \(token.hash) AND user_id = \(user)
            AND purpose IN ('invitation', 'candidateInvitation') AND spent_at IS NULL AND expires_at > \(tx.now)
        RETURNING company_id, created_at, purpose = 'candidateInvitation' AS is_for_candidate
        """
    }

    /// Issues the token of a new address, unless another address was asked for since.
    static func issue(_ token: OpaqueToken, _ work: SendAddressMail, tenant: Identifier<Tenant>) -> SQL {
        """
        WITH issued AS (
            INSERT INTO password_resets (tenant_id, hash, user_id, purpose, email, created_at, expires_at)
            SELECT u.tenant_id, \(token.hash), u.id, 'addressChange', \(work.address), \(work.requestedAt),
                \(work.requestedAt + SendAddressMail.validity)
            FROM users u
            WHERE u.tenant_id = \(tenant) AND u.id = \(work.user) AND u.status = 'active'
                AND NOT EXISTS (
                    SELECT
                    FROM password_resets later
                    WHERE later.tenant_id = \(tenant) AND later.user_id = u.id AND later.purpose = 'addressChange'
                        AND later.created_at > \(work.requestedAt)
                )
            ON CONFLICT (tenant_id, hash) DO UPDATE
            SET email = EXCLUDED.email
            WHERE password_resets.spent_at IS NULL
            RETURNING tenant_id, user_id
        ), succeeded AS (
            UPDATE password_resets p
            SET spent_at = \(work.requestedAt)
            FROM issued
            WHERE p.tenant_id = \(tenant) AND p.user_id = issued.user_id AND p.purpose = 'addressChange' AND p.spent_at IS NULL
                AND p.hash <> \(token.hash) AND p.created_at < \(work.requestedAt)
        )
        SELECT t.code AS tenant_code, \(fragment: Letterhead.columns(user: "u"))
        FROM issued i
        JOIN users u ON u.tenant_id = i.tenant_id AND u.id = i.user_id
        JOIN tenants t ON t.id = i.tenant_id
        """
    }

    /// Who is told of a new address.
    static func reader(_ work: SendAddressMail, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT t.code AS tenant_code, \(fragment: Letterhead.columns(user: "u"))
        FROM users u
        JOIN tenants t ON t.id = u.tenant_id
        WHERE u.tenant_id = \(tenant) AND u.id = \(work.user) AND u.status <> 'deleted'
        """
    }

    static func spendAddress(_ token: OpaqueToken, of user: Identifier<User>, _ tx: TenantTransaction) -> SQL {
        """
        UPDATE password_resets
        SET spent_at = \(tx.now)
        WHERE tenant_id = \(tx.tenant) AND hash = \(token.hash) AND user_id = \(user) AND purpose = 'addressChange'
            AND spent_at IS NULL AND expires_at > \(tx.now)
        RETURNING email
        """
    }

    /// Ends the links to addresses that were asked for before.
    static func endAddressChanges(of user: Identifier<User>, _ tx: TenantTransaction) -> SQL {
        """
        UPDATE password_resets
        SET spent_at = \(tx.now)
        WHERE tenant_id = \(tx.tenant) AND user_id = \(user) AND purpose = 'addressChange' AND spent_at IS NULL
        """
    }

    /// Whoever reads the former mailbox gets in by none of its mails. Invitations are answered signed in, and stay.
    static func endMailed(toFormerAddressOf user: Identifier<User>, _ tx: TenantTransaction) -> SQL {
        """
        UPDATE password_resets
        SET spent_at = \(tx.now)
        WHERE tenant_id = \(tx.tenant) AND user_id = \(user) AND purpose <> 'invitation' AND spent_at IS NULL
        """
    }

    /// What was mailed no longer works, even if the same person is invited again.
    static func endInvitations(to company: Identifier<Company>, of user: Identifier<User>, _ tx: TenantTransaction) -> SQL {
        """
        UPDATE password_resets
        SET spent_at = \(tx.now)
        WHERE tenant_id = \(tx.tenant) AND user_id = \(user) AND company_id = \(company) AND purpose = 'invitation' AND spent_at IS NULL
        """
    }

    /// Takes the user into the company that they were invited to, or, if the invitation names none, into those that had invited them by
    /// then.
    static func join(
        _ company: Identifier<Company>?,
        invitedBy moment: Date,
        _ user: Identifier<User>,
        _ tx: TenantTransaction
    ) -> SQL {
        """
        WITH joined AS (
            UPDATE company_members m
            SET status = 'active', updated_at = \(tx.now), version = m.version + 1
            WHERE m.tenant_id = \(tx.tenant) AND m.user_id = \(user) AND m.status = 'invited'
                AND CASE WHEN \(company)::uuid IS NULL THEN m.created_at <= \(moment) ELSE m.company_id = \(company)::uuid END
            RETURNING m.company_id, m.role
        ), employed AS (
            UPDATE users u
            SET roles = u.roles || 'employer'::text, updated_at = \(tx.now)
            WHERE u.tenant_id = \(tx.tenant) AND u.id = \(user) AND 'employer' <> ALL (u.roles) AND EXISTS (SELECT FROM joined)
        )
        SELECT company_id, role FROM joined
        """
    }
}
