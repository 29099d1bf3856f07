import Foundation
import Kernel
import Postgres

/// Statements on sessions and their refresh tokens.
enum SessionQueries {
    /// One row if the session, its user and its tenant are active: what a request may do.
    static func standing(_ session: Identifier<Session>, of user: Identifier<User>, in tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT u.id AS user_id, u.roles, u.tier,
            coalesce(array_agg(m.company_id) FILTER (WHERE c.id IS NOT NULL), '{}') AS company_ids,
            coalesce(array_agg(m.role) FILTER (WHERE c.id IS NOT NULL), '{}') AS company_roles
        FROM sessions s
        JOIN users u ON u.tenant_id = s.tenant_id AND u.id = s.user_id
        JOIN tenants t ON t.id = s.tenant_id
        LEFT JOIN company_members m ON m.tenant_id = u.tenant_id AND m.user_id = u.id AND m.status = 'active'
        LEFT JOIN companies c ON c.tenant_id = m.tenant_id AND c.id = m.company_id AND c.approval = 'approved'
        WHERE s.tenant_id = \(tenant) AND s.id = \(session) AND s.user_id = \(user) AND s.revoked_at IS NULL
            AND u.status = 'active' AND t.status = 'active'
        GROUP BY u.id, u.roles, u.tier
        """
    }

    /// Opens a session with its first token and deletes the user's long expired ones. It returns the user as before this statement:
    /// `last_sign_in_at` is the sign-in before this one.
    static func open(_ grant: SessionGrant, _ tx: TenantTransaction) -> SQL {
        """
        WITH signed_in AS (
            UPDATE users
            SET last_sign_in_at = \(tx.now)
            WHERE tenant_id = \(tx.tenant) AND id = \(grant.user) AND status = 'active'
            RETURNING tenant_id, id
        ), swept AS (
            DELETE FROM sessions
            WHERE tenant_id = \(tx.tenant) AND user_id = \(grant.user) AND last_used_at < \(tx.now - 30 * 86_400)
        ), opened AS (
            INSERT INTO sessions (tenant_id, id, user_id, user_agent, address, created_at, last_used_at)
            SELECT tenant_id, \(grant.session), id, \(tx.userAgent), \(tx.caller.origin.address), \(tx.now), \(tx.now)
            FROM signed_in
        ), issued AS (
            INSERT INTO refresh_tokens (tenant_id, hash, session_id, issued_at, expires_at)
            SELECT tenant_id, \(grant.token.hash), \(grant.session), \(tx.now), \(tx.now + SessionGrant.refreshLifetime)
            FROM signed_in
        )
        SELECT \(UserQueries.columns)
        FROM users u
        JOIN signed_in ON signed_in.id = u.id
        WHERE u.tenant_id = \(tx.tenant)
        """
    }

    /// Spends a token and issues its successor, if the token is unused and its session, user and tenant are active.
    static func rotate(_ presented: OpaqueToken, _ successor: OpaqueToken, sealed: Data, _ tx: TenantTransaction) -> SQL {
        """
        WITH spent AS (
            UPDATE refresh_tokens r
            SET used_at = \(tx.now), successor = \(sealed)
            FROM sessions s
            JOIN users u ON u.tenant_id = s.tenant_id AND u.id = s.user_id
            JOIN tenants t ON t.id = s.tenant_id
            WHERE r.tenant_id = \(tx.tenant) AND r.hash = \(presented.hash) AND r.used_at IS NULL AND r.expires_at > \(tx.now)
                AND s.tenant_id = \(tx.tenant) AND s.id = r.session_id AND s.revoked_at IS NULL
                AND u.status = 'active' AND t.status = 'active'
            RETURNING r.tenant_id, r.session_id, s.user_id
        ), touched AS (
            UPDATE sessions s
            SET last_used_at = \(tx.now), address = \(tx.caller.origin.address), user_agent = \(tx.userAgent)
            FROM spent
            WHERE s.tenant_id = \(tx.tenant) AND s.id = spent.session_id
        ), swept AS (
            DELETE FROM refresh_tokens r
            USING spent
            WHERE r.tenant_id = \(tx.tenant) AND r.session_id = spent.session_id AND r.expires_at < \(tx.now)
        ), issued AS (
            INSERT INTO refresh_tokens (tenant_id, hash, session_id, issued_at, expires_at)
            SELECT tenant_id, \(successor.hash), session_id, \(tx.now), \(tx.now + SessionGrant.refreshLifetime)
            FROM spent
        )
        SELECT \(UserQueries.columns), spent.session_id
        FROM users u
        JOIN spent ON spent.user_id = u.id
        WHERE u.tenant_id = \(tx.tenant)
        """
    }

    /// A token that was spent before, of a session that is still active.
    static func used(_ presented: OpaqueToken, _ tx: TenantTransaction) -> SQL {
        """
        SELECT \(UserQueries.columns), r.session_id, r.successor, r.used_at > \(tx.now - 10) AS is_within_grace
        FROM refresh_tokens r
        JOIN sessions s ON s.tenant_id = r.tenant_id AND s.id = r.session_id
        JOIN users u ON u.tenant_id = s.tenant_id AND u.id = s.user_id
        JOIN tenants t ON t.id = s.tenant_id
        WHERE r.tenant_id = \(tx.tenant) AND r.hash = \(presented.hash) AND r.used_at IS NOT NULL AND s.revoked_at IS NULL
            AND u.status = 'active' AND t.status = 'active'
        """
    }

    static func revoke(_ session: Identifier<Session>, _ tx: TenantTransaction) -> SQL {
        """
        WITH ended AS (
            UPDATE sessions
            SET revoked_at = \(tx.now)
            WHERE tenant_id = \(tx.tenant) AND id = \(session) AND revoked_at IS NULL
            RETURNING id
        )
        SELECT pg_notify('tenure_identity', id::text) FROM ended
        """
    }

    static func endAll(of user: Identifier<User>, tenant: Identifier<Tenant>, now: Date) -> SQL {
        """
        WITH ended AS (
            UPDATE sessions
            SET revoked_at = \(now)
            WHERE tenant_id = \(tenant) AND user_id = \(user) AND revoked_at IS NULL
        )
        SELECT pg_notify('tenure_identity', \(user.description))
        """
    }

    /// Ends the user's sessions except the one that asks.
    static func endOthers(of user: SignedIn, now: Date) -> SQL {
        """
        WITH ended AS (
            UPDATE sessions
            SET revoked_at = \(now)
            WHERE tenant_id = \(user.tenant) AND user_id = \(user.user) AND revoked_at IS NULL
                AND id IS DISTINCT FROM \(user.caller.session)::uuid
        )
        SELECT pg_notify('tenure_identity', \(user.user.description))
        """
    }

    static func end(_ session: Identifier<Session>, of user: SignedIn, now: Date) -> SQL {
        """
        WITH ended AS (
            UPDATE sessions
            SET revoked_at = \(now)
            WHERE tenant_id = \(user.tenant) AND id = \(session) AND user_id = \(user.user) AND revoked_at IS NULL
            RETURNING id
        )
        SELECT id, pg_notify('tenure_identity', id::text) FROM ended
        """
    }

    /// Ends the caller's session and that of the refresh token, which is the same unless a client mixed them up.
    static func signOut(_ user: SignedIn, token: OpaqueToken?, now: Date) -> SQL {
        """
        WITH ended AS (
            UPDATE sessions s
            SET revoked_at = \(now)
            WHERE s.tenant_id = \(user.tenant) AND s.user_id = \(user.user) AND s.revoked_at IS NULL
                AND (
                    s.id = \(user.caller.session)
                    OR s.id = (SELECT r.session_id FROM refresh_tokens r WHERE r.tenant_id = \(user.tenant) AND r.hash = \(token?.hash))
                )
            RETURNING s.id
        )
        SELECT id, pg_notify('tenure_identity', id::text) FROM ended
        """
    }

    static func live(of user: SignedIn, now: Date) -> SQL {
        """
        SELECT s.id, s.user_agent, s.address, s.created_at, s.last_used_at
        FROM sessions s
        WHERE s.tenant_id = \(user.tenant) AND s.user_id = \(user.user) AND s.revoked_at IS NULL
            AND EXISTS (
                SELECT
                FROM refresh_tokens r
                WHERE r.tenant_id = s.tenant_id AND r.session_id = s.id AND r.used_at IS NULL AND r.expires_at > \(now)
            )
        ORDER BY s.last_used_at DESC, s.id
        LIMIT 100
        """
    }
}

extension TenantTransaction {
    /// Browsers send whatever they like: enough of it to be recognized.
    fileprivate var userAgent: String { String(caller.origin.userAgent.prefix(300)) }
}
