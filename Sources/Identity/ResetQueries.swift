import Foundation
import Kernel
import Postgres

/// Statements on the tokens of reset and invitation mails.
enum ResetQueries {
    /// Issues a token to the holder of an address, if there is one who may have it. The same work issues the same token: at most once.
    static func issue(_ token: OpaqueToken, _ work: SendAccountMail, expiresAt: Date, tenant: Identifier<Tenant>) -> SQL {
        """
        WITH holder AS (
            SELECT u.tenant_id, u.id, u.email, u.first_name, u.last_name
            FROM users u
            WHERE u.tenant_id = \(tenant) AND u.email = \(work.email)
                AND (u.status = 'invited' OR u.status = 'active' AND \(work.kind == .passwordReset))
        ), swept AS (
            DELETE FROM password_resets p
            USING holder
            WHERE p.tenant_id = \(tenant) AND p.user_id = holder.id AND p.expires_at < \(work.requestedAt - 30 * 86_400)
        ), issued AS (
            INSERT INTO password_resets (tenant_id, hash, user_id, created_at, expires_at)
            SELECT tenant_id, \(token.hash), id, \(work.requestedAt), \(expiresAt)
            FROM holder
            ON CONFLICT (tenant_id, hash) DO NOTHING
        )
        SELECT id, email, first_name, last_name
        FROM holder
        """
    }

    static func find(_ token: OpaqueToken, now: Date) -> SQL {
        """
        SELECT p.user_id
        FROM password_resets p
        WHERE p.tenant_id = \(token.tenant) AND p.hash = \(token.hash) AND p.spent_at IS NULL AND p.expires_at > \(now)
        """
    }

    /// Spends the token and with it every other one of its user, and sets the password.
    static func spend(_ token: OpaqueToken, hash: String, _ tx: TenantTransaction) -> SQL {
        """
        WITH spent AS (
            UPDATE password_resets p
            SET spent_at = \(tx.now)
            FROM users u
            WHERE p.tenant_id = \(tx.tenant) AND p.hash = \(token.hash) AND p.spent_at IS NULL AND p.expires_at > \(tx.now)
                AND u.tenant_id = \(tx.tenant) AND u.id = p.user_id AND u.status IN ('active', 'invited')
            RETURNING p.user_id, u.status = 'invited' AS was_invited
        ), others AS (
            UPDATE password_resets p
            SET spent_at = \(tx.now)
            FROM spent
            WHERE p.tenant_id = \(tx.tenant) AND p.user_id = spent.user_id AND p.hash <> \(token.hash) AND p.spent_at IS NULL
        ), changed AS (
            UPDATE users u
            SET password_hash = \(hash), status = 'active', updated_at = \(tx.now)
            FROM spent
            WHERE u.tenant_id = \(tx.tenant) AND u.id = spent.user_id
        )
        SELECT user_id, was_invited FROM spent
        """
    }

    static func acceptInvitations(of user: Identifier<User>, _ tx: TenantTransaction) -> SQL {
        """
        UPDATE company_members
        SET status = 'active', updated_at = \(tx.now)
        WHERE tenant_id = \(tx.tenant) AND user_id = \(user) AND status = 'invited'
        """
    }
}
