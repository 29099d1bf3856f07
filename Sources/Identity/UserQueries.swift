import Foundation
import Kernel
import Letters
import Outbox
package import Postgres

/// Statements on users. None of them finds deleted accounts.
enum UserQueries {
    /// What a `UserView` is read from, of `users u`.
    static let columns: SQL = """
        u.id, u.email, u.first_name, u.last_name, u.username, u.phone, u.locale, u.time_zone, u.settings, u.roles, u.tier,
        u.profile_picture, u.created_at, u.updated_at, u.last_sign_in_at, u.erasure_at,
        u.email_verified_at IS NOT NULL AS is_verified, \(fragment: Outbox.bounce(of: "u.email", tenant: "u.tenant_id")) AS mail_bounce,
        ARRAY(
            SELECT m.company_id
            FROM company_members m
            WHERE m.tenant_id = u.tenant_id AND m.user_id = u.id AND m.status = 'active'
            ORDER BY m.company_id
        ) AS company_ids,
        ARRAY(
            SELECT m.role
            FROM company_members m
            WHERE m.tenant_id = u.tenant_id AND m.user_id = u.id AND m.status = 'active'
            ORDER BY m.company_id
        ) AS company_roles,
        ARRAY(
            SELECT c.approval
            FROM company_members m
            JOIN companies c ON c.tenant_id = m.tenant_id AND c.id = m.company_id
            WHERE m.tenant_id = u.tenant_id AND m.user_id = u.id AND m.status = 'active'
            ORDER BY m.company_id
        ) AS company_approvals
        """

    static func account(_ id: Identifier<User>, tenant: Identifier<Tenant>, locked: Bool = false) -> SQL {
        """
        SELECT \(columns)
        FROM users u
        WHERE u.tenant_id = \(tenant) AND u.id = \(id) AND u.status <> 'deleted'
        \(fragment: locked ? "FOR UPDATE OF u" : "")
        """
    }

    static func summaries(_ ids: [Identifier<User>], tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT u.id, \(Identity.address(of: "u")) AS email, u.first_name, u.last_name, u.roles
        FROM users u
        WHERE u.tenant_id = \(tenant) AND u.id = ANY(\(ids.map(\.uuid))::uuid[]) AND u.status <> 'deleted'
        """
    }

    static func letterhead(for reader: Identifier<User>, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT \(fragment: Letterhead.columns(user: "u"))
        FROM tenants t
        LEFT JOIN users u ON u.tenant_id = t.id AND u.id = \(reader)
        WHERE t.id = \(tenant)
        """
    }

    static func tenantAdmins(_ tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT u.id, u.email, u.first_name, u.last_name, u.roles
        FROM users u
        WHERE u.tenant_id = \(tenant) AND u.status = 'active' AND 'tenantAdmin' = ANY(u.roles)
        ORDER BY u.id
        """
    }

    static func colleagues(_ ids: [Identifier<User>], _ company: Identifier<Company>, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT u.id
        FROM users u
        WHERE u.tenant_id = \(tenant) AND u.id = ANY(\(ids.map(\.uuid))::uuid[]) AND u.status = 'active'
            AND (
                'tenantAdmin' = ANY(u.roles)
                OR EXISTS (
                    SELECT
                    FROM company_members m
                    JOIN companies c ON c.tenant_id = m.tenant_id AND c.id = m.company_id AND c.approval = 'approved'
                    WHERE m.tenant_id = u.tenant_id AND m.company_id = \(company) AND m.user_id = u.id AND m.status = 'active'
                )
            )
        """
    }

    static func insert(_ user: NewUser, tenant: Identifier<Tenant>, now: Date) -> SQL {
        """
        INSERT INTO users (
            tenant_id, id, email, password_hash, first_name, last_name, username, roles, status, created_at, updated_at, email_verified_at
        )
        VALUES (
            \(tenant), \(user.id), \(user.email), \(user.passwordHash), \(user.firstName), \(user.lastName), \(user.username),
            \(user.roles.map(\.rawValue))::text[], \(user.status), \(now), \(now), \(user.isVerified ? now : nil)
        )
        """
    }

    static func insertMissing(_ user: NewUser, tenant: Identifier<Tenant>, now: Date) -> SQL {
        """
        \(insert(user, tenant: tenant, now: now))
        ON CONFLICT (tenant_id, email) WHERE status <> 'deleted' DO NOTHING
        """
    }

    /// Returns the account with the address, old or new, under lock. An old one stays as it is.
    static func findOrInsert(_ user: NewUser, _ tx: TenantTransaction) -> SQL {
        """
        \(insert(user, tenant: tx.tenant, now: tx.now))
        ON CONFLICT (tenant_id, email) WHERE status <> 'deleted' DO UPDATE
        SET email = EXCLUDED.email
        RETURNING id, email, first_name, last_name, roles, status
        """
    }

    static func setLocale(_ locale: String, ofInvited email: String, _ tx: TenantTransaction) -> SQL {
        """
        UPDATE users
        SET locale = \(locale)
        WHERE tenant_id = \(tx.tenant) AND email = \(email) AND status = 'invited' AND locale IS NULL
        """
    }

    static func makeCandidate(_ id: Identifier<User>, _ tx: TenantTransaction) -> SQL {
        """
        UPDATE users
        SET roles = roles || 'candidate'::text, updated_at = \(tx.now)
        WHERE tenant_id = \(tx.tenant) AND id = \(id) AND 'candidate' <> ALL (roles)
        """
    }

    /// What would keep an account from being created: checked first, because hashing its password is expensive.
    static func taken(email: String, username: String?, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT u.email = \(email) AS is_email
        FROM users u
        WHERE u.tenant_id = \(tenant) AND u.status <> 'deleted' AND (u.email = \(email) OR u.username = \(username))
        ORDER BY is_email DESC
        LIMIT 1
        """
    }

    static func verify(_ id: Identifier<User>, _ tx: TenantTransaction) -> SQL {
        """
        UPDATE users
        SET email_verified_at = coalesce(email_verified_at, \(tx.now)), updated_at = \(tx.now)
        WHERE tenant_id = \(tx.tenant) AND id = \(id) AND status = 'active'
        """
    }

    /// The address has just been proved.
    static func setAddress(_ email: String, of id: Identifier<User>, _ tx: TenantTransaction) -> SQL {
        """
        UPDATE users
        SET email = \(email), email_verified_at = \(tx.now), updated_at = \(tx.now)
        WHERE tenant_id = \(tx.tenant) AND id = \(id) AND status = 'active'
        """
    }

    /// The tenants in which an address has an account, read before a tenant is known. More than a few are as good as unknown.
    static func tenants(of email: EmailAddress, alsoInvited: Bool) -> SQL {
        """
        SELECT u.tenant_id
        FROM users u
        JOIN tenants t ON t.id = u.tenant_id AND t.status = 'active'
        WHERE u.email = \(email.value) AND u.status IN ('active', 'invited') AND (u.status = 'active' OR \(alsoInvited))
        ORDER BY u.tenant_id
        LIMIT 6
        """
    }

    static func credentials(_ email: String, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT u.id, u.password_hash, u.status, t.status = 'active' AS tenant_is_active
        FROM users u
        JOIN tenants t ON t.id = u.tenant_id
        WHERE u.tenant_id = \(tenant) AND u.email = \(email) AND u.status <> 'deleted'
        """
    }

    static func passwordHash(_ id: Identifier<User>, tenant: Identifier<Tenant>) -> SQL {
        "SELECT u.password_hash FROM users u WHERE u.tenant_id = \(tenant) AND u.id = \(id) AND u.status = 'active'"
    }

    /// One row if the password is still the one that was verified; it is then stored in its renewed form.
    static func confirm(_ verified: String?, renewed: String?, of id: Identifier<User>, _ tx: TenantTransaction) -> SQL {
        """
        UPDATE users
        SET password_hash = coalesce(\(renewed), password_hash)
        WHERE tenant_id = \(tx.tenant) AND id = \(id) AND password_hash = \(verified) AND status = 'active'
        """
    }

    static func update(_ current: UserView, _ input: UpdateMe, settings: JSON, _ tx: TenantTransaction) -> SQL {
        """
        UPDATE users
        SET first_name = \(input.firstName.text(current.firstName, \.value)),
            last_name = \(input.lastName.text(current.lastName, \.value)),
            username = \(input.username.text(current.username, \.value)),
            phone = \(input.phone.text(current.phone, \.value)),
            locale = \(input.locale.text(current.locale, \.value)),
            time_zone = \(input.timeZone.text(current.timeZone, \.value)),
            settings = \(settings.text)::jsonb,
            updated_at = \(tx.now)
        WHERE tenant_id = \(tx.tenant) AND id = \(current.id)
        """
    }

    static func picture(of id: Identifier<User>, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT u.profile_picture, u.profile_picture_type
        FROM users u
        WHERE u.tenant_id = \(tenant) AND u.id = \(id) AND u.profile_picture IS NOT NULL AND u.status <> 'deleted'
        """
    }

    static func setPicture(_ key: String, _ type: String, of id: Identifier<User>, _ tx: TenantTransaction) -> SQL {
        """
        UPDATE users u
        SET profile_picture = \(key), profile_picture_type = \(type), updated_at = \(tx.now)
        FROM (
            SELECT o.tenant_id, o.id, o.profile_picture
            FROM users o
            WHERE o.tenant_id = \(tx.tenant) AND o.id = \(id) AND o.status = 'active'
            FOR UPDATE
        ) old
        WHERE u.tenant_id = \(tx.tenant) AND u.tenant_id = old.tenant_id AND u.id = old.id
        RETURNING u.id, u.email, u.first_name, u.last_name, u.roles, old.profile_picture AS previous
        """
    }

    static func close(_ id: Identifier<User>, _ tx: TenantTransaction) -> SQL {
        """
        UPDATE users
        SET status = 'deleted', password_hash = NULL, updated_at = \(tx.now)
        WHERE tenant_id = \(tx.tenant) AND id = \(id) AND status <> 'deleted'
        """
    }

    /// Whoever resigns next waits until this one is gone. Locked in one order, so that two can't deadlock.
    static func lockAdministrators(beside id: Identifier<User>, _ tx: TenantTransaction) -> SQL {
        """
        SELECT u.id
        FROM users u
        WHERE u.tenant_id = \(tx.tenant) AND u.status = 'active'
            AND (
                u.roles && ARRAY['tenantAdmin', 'systemAdmin']
                OR EXISTS (
                    SELECT
                    FROM company_members other
                    JOIN company_members own ON own.tenant_id = other.tenant_id AND own.company_id = other.company_id
                    WHERE other.tenant_id = u.tenant_id AND other.user_id = u.id AND other.role = 'companyAdmin'
                        AND own.user_id = \(id) AND own.role = 'companyAdmin'
                )
            )
        ORDER BY u.id
        FOR UPDATE OF u
        """
    }

    /// A row for each thing that only this user administers.
    static func leftAlone(by id: Identifier<User>, _ tx: TenantTransaction) -> SQL {
        """
        SELECT held.role
        FROM users u
        CROSS JOIN unnest(u.roles) AS held (role)
        WHERE u.tenant_id = \(tx.tenant) AND u.id = \(id) AND held.role IN ('tenantAdmin', 'systemAdmin')
            AND NOT EXISTS (
                SELECT
                FROM users other
                WHERE other.tenant_id = \(tx.tenant) AND other.id <> u.id AND other.status = 'active' AND held.role = ANY(other.roles)
            )
        UNION ALL
        SELECT m.role
        FROM company_members m
        WHERE m.tenant_id = \(tx.tenant) AND m.user_id = \(id) AND m.role = 'companyAdmin' AND m.status = 'active'
            AND EXISTS (
                SELECT
                FROM company_members colleague
                WHERE colleague.tenant_id = \(tx.tenant) AND colleague.company_id = m.company_id AND colleague.user_id <> m.user_id
                    AND colleague.status = 'active'
            )
            AND NOT EXISTS (
                SELECT
                FROM company_members other
                JOIN users o ON o.tenant_id = other.tenant_id AND o.id = other.user_id
                WHERE other.tenant_id = \(tx.tenant) AND other.company_id = m.company_id AND other.user_id <> m.user_id
                    AND other.role = 'companyAdmin' AND other.status = 'active' AND o.status = 'active'
            )
        """
    }
}

extension UserView {
    init(_ row: Row, publicURL: String) throws {
        let id: Identifier<User> = try row("id")
        let companies: [UUID] = try row("company_ids")
        let approvals: [String] = try row("company_approvals")
        let memberships = zip(zip(companies, try row.roles("company_roles")), approvals).map { membership, approval in
            Membership(companyId: Identifier(membership.0), role: membership.1, approval: CompanyApproval(rawValue: approval) ?? .pending)
        }
        let picture: String? = try row("profile_picture")
        self.init(
            id: id,
            email: try row("email"),
            emailVerified: try row("is_verified"),
            mailBounce: try row.jsonIfPresent("mail_bounce"),
            firstName: try row("first_name"),
            lastName: try row("last_name"),
            username: try row("username"),
            phone: try row("phone"),
            locale: try row("locale"),
            timeZone: try row("time_zone"),
            settings: try row.json("settings"),
            roles: try row.roles("roles"),
            companies: memberships,
            tier: try row.tier("tier"),
            profilePictureUrl: picture.map { _ in pictureURL(of: id, publicURL: publicURL) },
            createdAt: try row("created_at"),
            updatedAt: try row("updated_at"),
            lastSignInAt: try row("last_sign_in_at"),
            erasureAt: try row("erasure_at")
        )
    }
}

extension UserSummary {
    package init(_ row: Row) throws {
        let email: String = try row("email")
        let name = displayName(try row("first_name"), try row("last_name"), email: email, roles: try row.roles("roles"))
        self.init(id: try row("id"), name: name, email: email)
    }
}

extension Row {
    func roles(_ column: String) throws -> [Role] {
        let names: [String] = try self(column)
        return names.compactMap(Role.init(rawValue:))
    }

    func tier(_ column: String) throws -> Tier {
        Tier(rawValue: try self(column)) ?? .free
    }
}
