import Kernel
import Postgres

enum PreferenceQueries {
    /// What applies to a user `u` for one kind `k`, with their own row as `p`: inside the product yes, unless they said otherwise. Mail comes
    /// for what somebody waits for, unless they said no, and for an interview unless they said no to just that; else if they said yes.
    private static let inApp: SQL = "coalesce(p.in_app, (u.settings #>> '{notifications,inApp}')::boolean, TRUE)"
    private static let email: SQL = """
        coalesce(
            p.email,
            CASE WHEN k.kind = 'interview' THEN TRUE END,
            (u.settings #>> '{notifications,email}')::boolean,
            k.kind IN ('application', 'reminder', 'offer', 'reply')
        )
        """

    static func preferences(of user: SignedIn) -> SQL {
        """
        SELECT k.kind, \(inApp) AS in_app, \(email) AS email
        FROM users u
        CROSS JOIN unnest(\(NotificationKind.allCases.map(\.rawValue))::text[]) WITH ORDINALITY AS k (kind, place)
        LEFT JOIN notification_preferences p ON p.tenant_id = u.tenant_id AND p.user_id = u.id AND p.kind = k.kind
        WHERE u.tenant_id = \(user.tenant) AND u.id = \(user.user)
        ORDER BY k.place
        """
    }

    static func forget(beside kinds: [NotificationKind], of user: SignedIn) -> SQL {
        """
        DELETE FROM notification_preferences
        WHERE tenant_id = \(user.tenant) AND user_id = \(user.user) AND kind <> ALL (\(kinds.map(\.rawValue))::text[])
        """
    }

    static func keep(_ preferences: [NotificationPreference], of user: SignedIn) -> SQL {
        """
        INSERT INTO notification_preferences (tenant_id, user_id, kind, in_app, email)
        SELECT \(user.tenant), \(user.user), wanted.kind, wanted.in_app, wanted.email
        FROM unnest(
            \(preferences.map(\.kind.rawValue))::text[], \(preferences.map(\.inApp))::boolean[], \(preferences.map(\.email))::boolean[]
        ) AS wanted (kind, in_app, email)
        ON CONFLICT (tenant_id, user_id, kind) DO UPDATE
        SET in_app = excluded.in_app, email = excluded.email
        """
    }

    /// How each of these people can be reached.
    static func ways(to users: [Identifier<User>], for kind: NotificationKind, _ tx: TenantTransaction) -> SQL {
        """
        SELECT u.id, \(inApp) AS in_app, \(email) AS email, u.email_verified_at IS NOT NULL AS is_proven
        FROM users u
        CROSS JOIN (VALUES (\(kind)::text)) k (kind)
        LEFT JOIN notification_preferences p ON p.tenant_id = u.tenant_id AND p.user_id = u.id AND p.kind = k.kind
        WHERE u.tenant_id = \(tx.tenant) AND u.id = ANY(\(users.map(\.uuid))::uuid[])
        ORDER BY u.id
        """
    }
}
