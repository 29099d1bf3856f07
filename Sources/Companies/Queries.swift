import Foundation
import Identity
import Kernel
import Postgres

/// Statements on companies; those on members and ratings follow.
enum CompanyQueries {
    static func company(_ id: Identifier<Company>, tenant: Identifier<Tenant>, locked: Bool = false) -> SQL {
        """
        SELECT c.id, c.name, c.website, c.industry, c.size, c.description, c.location, c.logo_url, c.approval, c.approval_reason,
            c.version, c.created_at, c.updated_at, rated.average, rated.total
        FROM companies c
        CROSS JOIN LATERAL (
            SELECT round(avg(r.rating), 1) AS average, count(*) AS total
            FROM company_ratings r
            WHERE r.tenant_id = \(tenant) AND r.company_id = c.id
        ) rated
        WHERE c.tenant_id = \(tenant) AND c.id = \(id)
        \(fragment: locked ? "FOR UPDATE OF c" : "")
        """
    }

    /// The company if this user may see it: everybody may once it is approved; until then its members and the tenant's administrators.
    static func visible(_ id: Identifier<Company>, to user: SignedIn) -> SQL {
        company(id, tenant: user.tenant) + " AND " + isVisible(to: user)
    }

    static func isVisible(to user: SignedIn) -> SQL {
        if user.caller.roles.contains(.tenantAdmin) { return "TRUE" }
        return """
            (
                c.approval = 'approved'
                OR EXISTS (
                    SELECT
                    FROM company_members own
                    WHERE own.tenant_id = c.tenant_id AND own.company_id = c.id AND own.user_id = \(user.user) AND own.status = 'active'
                )
            )
            """
    }

    /// Held by whoever signs a company up: a second sign-up at the same time waits, and then sees the first.
    static func lockFounder(_ user: Identifier<User>, _ tx: TenantTransaction) -> SQL {
        "SELECT u.id FROM users u WHERE u.tenant_id = \(tx.tenant) AND u.id = \(user) FOR UPDATE"
    }

    /// What keeps the user from signing up a company.
    static func founder(_ user: Identifier<User>, _ name: Text<200>, _ tx: TenantTransaction) -> SQL {
        """
        SELECT u.email_verified_at IS NOT NULL AS is_verified,
            EXISTS (
                SELECT FROM companies c WHERE c.tenant_id = \(tx.tenant) AND c.created_by = u.id AND c.approval = 'pending'
            ) AS waits,
            EXISTS (
                SELECT FROM companies c WHERE c.tenant_id = \(tx.tenant) AND lower(c.name) = lower(\(name)) AND c.approval = 'approved'
            ) AS is_taken
        FROM users u
        WHERE u.tenant_id = \(tx.tenant) AND u.id = \(user) AND u.status = 'active'
        """
    }

    static func list(_ input: ListCompanies, tenant: Identifier<Tenant>, _ request: PageRequest) throws(Failure) -> SQL {
        let approval: SQL = input.approval.map { "AND c.approval = \($0)" } ?? ""
        return try ListQuery(
            """
            c.id AS company_id, c.name, c.website, c.location, c.approval, c.approval_reason, c.created_by, c.created_at,
            c.approval <> 'pending' AS is_decided
            """,
            from: "companies c",
            where: "c.tenant_id = \(tenant) \(approval)",
            by: input.approval == nil
                ? .ascending(.flag("is_decided"), .time("created_at"), .id("company_id"))
                : .ascending(.time("created_at"), .id("company_id"))
        ).page(
            request,
            details: ", u.id, u.email, u.first_name, u.last_name, u.roles",
            joining: "LEFT JOIN users u ON u.tenant_id = \(tenant) AND u.id = page.created_by AND u.status <> 'deleted'"
        )
    }

    static func decide(_ approval: CompanyApproval, _ reason: String?, _ id: Identifier<Company>, _ tx: TenantTransaction) -> SQL {
        """
        UPDATE companies
        SET approval = \(approval), approval_reason = \(reason), version = version + 1, updated_at = \(tx.now)
        WHERE tenant_id = \(tx.tenant) AND id = \(id)
        """
    }

    /// What the members may do has changed: each process is told of each of them.
    static func tellMembers(of company: Identifier<Company>, _ tx: TenantTransaction) -> SQL {
        """
        SELECT m.user_id, pg_notify('tenure_identity', m.user_id::text)
        FROM company_members m
        WHERE m.tenant_id = \(tx.tenant) AND m.company_id = \(company) AND m.status = 'active'
        """
    }

    static func administrators(of company: Identifier<Company>, _ tx: TenantTransaction) -> SQL {
        """
        SELECT m.user_id
        FROM company_members m
        JOIN users u ON u.tenant_id = m.tenant_id AND u.id = m.user_id AND u.status = 'active'
        WHERE m.tenant_id = \(tx.tenant) AND m.company_id = \(company) AND m.role = 'companyAdmin' AND m.status = 'active'
        ORDER BY m.user_id
        """
    }

    static func names(_ ids: [Identifier<Company>], tenant: Identifier<Tenant>) -> SQL {
        "SELECT c.id, c.name FROM companies c WHERE c.tenant_id = \(tenant) AND c.id = ANY(\(ids.map(\.uuid))::uuid[])"
    }

    static func insert(
        _ id: Identifier<Company>,
        _ input: CreateCompany,
        _ approval: CompanyApproval,
        creator: Identifier<User>,
        _ tx: TenantTransaction
    ) -> SQL {
        """
        INSERT INTO companies (
            tenant_id, id, name, website, industry, size, description, location, logo_url, approval, created_by, created_at, updated_at
        )
        VALUES (
            \(tx.tenant), \(id), \(input.name), \(input.website?.value), \(input.industry), \(input.size), \(input.description),
            \(input.location), \(input.logoUrl?.value), \(approval), \(creator), \(tx.now), \(tx.now)
        )
        """
    }

    static func update(_ current: CompanyView, _ input: UpdateCompany, _ tx: TenantTransaction) -> SQL {
        """
        UPDATE companies
        SET name = \(input.name?.value ?? current.name),
            website = \(input.website.text(current.website, \.value)),
            industry = \(input.industry.text(current.industry, \.value)),
            size = \(input.size.value(or: current.size)),
            description = \(input.description.text(current.description, \.value)),
            location = \(input.location.text(current.location, \.value)),
            logo_url = \(input.logoUrl.text(current.logoUrl, \.value)),
            version = version + 1,
            updated_at = \(tx.now)
        WHERE tenant_id = \(tx.tenant) AND id = \(current.id)
        """
    }
}

enum MemberQueries {
    static func insert(
        _ company: Identifier<Company>,
        _ user: Identifier<User>,
        _ role: CompanyRole,
        _ status: MemberStatus,
        _ tx: TenantTransaction
    ) -> SQL {
        """
        INSERT INTO company_members (tenant_id, company_id, user_id, role, status, created_at, updated_at, invited_at)
        VALUES (\(tx.tenant), \(company), \(user), \(role), \(status), \(tx.now), \(tx.now), \(status == .invited ? tx.now : nil))
        """
    }

    /// Invites somebody new, or a former or invited member again. No row if they are a member.
    static func invite(_ company: Identifier<Company>, _ user: Identifier<User>, _ role: CompanyRole, _ tx: TenantTransaction) -> SQL {
        """
        \(insert(company, user, role, .invited, tx))
        ON CONFLICT (tenant_id, company_id, user_id) DO UPDATE
        SET role = EXCLUDED.role, status = EXCLUDED.status, updated_at = EXCLUDED.updated_at, invited_at = EXCLUDED.invited_at,
            version = company_members.version + 1
        WHERE company_members.status <> 'active'
        """
    }

    /// The columns of a `MemberView`. To the company, somebody who has not accepted is just the address that it wrote to, whatever their
    /// account says about them.
    private static let columns: SQL = """
        u.id, u.email, CASE WHEN m.status = 'active' OR u.status = 'invited' THEN u.first_name END AS first_name,
        CASE WHEN m.status = 'active' OR u.status = 'invited' THEN u.last_name END AS last_name,
        u.roles, m.role, m.status, m.version, m.created_at, m.updated_at,
        CASE WHEN m.status = 'invited' THEN coalesce(m.invited_at, m.updated_at) ELSE m.invited_at END AS invited_at
        """

    static func member(
        _ user: Identifier<User>,
        of company: Identifier<Company>,
        tenant: Identifier<Tenant>,
        locked: Bool
    ) -> SQL {
        """
        SELECT \(columns)
        FROM company_members m
        JOIN users u ON u.tenant_id = m.tenant_id AND u.id = m.user_id
        WHERE m.tenant_id = \(tenant) AND m.company_id = \(company) AND m.user_id = \(user)
        \(fragment: locked ? "FOR UPDATE OF m" : "")
        """
    }

    static func list(_ input: ListMembers, tenant: Identifier<Tenant>, _ request: PageRequest) throws(Failure) -> SQL {
        var filter: SQL = "m.tenant_id = \(tenant) AND m.company_id = \(input.id)"
        if let role = input.role { filter += " AND m.role = \(role)" }
        if let status = input.status { filter += " AND m.status = \(status)" }
        return try ListQuery(
            "m.user_id, m.created_at AS joined_at",
            from: "company_members m",
            where: filter,
            by: .ascending(.time("joined_at"), .id("user_id"))
        ).page(
            request,
            details: ", \(columns), EXISTS (SELECT FROM companies c WHERE c.tenant_id = \(tenant) AND c.id = \(input.id)) AS is_known",
            joining: """
                LEFT JOIN company_members m ON m.tenant_id = \(tenant) AND m.company_id = \(input.id) AND m.user_id = page.user_id
                LEFT JOIN users u ON u.tenant_id = \(tenant) AND u.id = page.user_id
                """
        )
    }

    static func update(
        _ user: Identifier<User>,
        of company: Identifier<Company>,
        _ role: CompanyRole,
        _ status: MemberStatus,
        isInvitedNow: Bool = false,
        _ tx: TenantTransaction
    ) -> SQL {
        """
        UPDATE company_members
        SET role = \(role), status = \(status), updated_at = \(tx.now), version = version + 1,
            invited_at = CASE WHEN \(isInvitedNow) THEN \(tx.now) ELSE invited_at END
        WHERE tenant_id = \(tx.tenant) AND company_id = \(company) AND user_id = \(user)
        """
    }

    static func end(_ people: [Identifier<User>], _ tx: TenantTransaction) -> SQL {
        """
        UPDATE company_members
        SET status = CASE status WHEN 'invited' THEN 'withdrawn' ELSE 'deactivated' END, updated_at = \(tx.now), version = version + 1
        WHERE tenant_id = \(tx.tenant) AND user_id = ANY(\(people.map(\.uuid))::uuid[]) AND status IN ('active', 'invited')
        RETURNING company_id, user_id
        """
    }

    static func otherAdmins(of company: Identifier<Company>, beside user: Identifier<User>, _ tx: TenantTransaction) -> SQL {
        """
        SELECT m.user_id
        FROM company_members m
        JOIN users u ON u.tenant_id = m.tenant_id AND u.id = m.user_id
        WHERE m.tenant_id = \(tx.tenant) AND m.company_id = \(company) AND m.user_id <> \(user)
            AND m.role = 'companyAdmin' AND m.status = 'active' AND u.status = 'active'
        LIMIT 1
        """
    }
}

enum RatingQueries {
    static func insert(_ input: RateCompany, by user: Identifier<User>, _ tx: TenantTransaction) -> SQL {
        """
        WITH seen AS (
            UPDATE companies SET version = version + 1 WHERE tenant_id = \(tx.tenant) AND id = \(input.id)
        )
        INSERT INTO company_ratings (tenant_id, company_id, user_id, rating, comment, created_at)
        VALUES (\(tx.tenant), \(input.id), \(user), \(input.rating), \(input.comment), \(tx.now))
        """
    }

    static func list(_ company: Identifier<Company>, for user: SignedIn, _ request: PageRequest) -> SQL {
        let tenant = user.tenant
        return """
            SELECT overall.average, overall.total, page.rating, page.comment, page.created_at
            FROM companies c
            CROSS JOIN LATERAL (
                SELECT round(avg(r.rating), 1) AS average, count(*) AS total
                FROM company_ratings r
                WHERE r.tenant_id = \(tenant) AND r.company_id = c.id
            ) overall
            LEFT JOIN LATERAL (
                SELECT r.rating, r.comment, r.created_at
                FROM company_ratings r
                WHERE r.tenant_id = \(tenant) AND r.company_id = c.id
                ORDER BY r.created_at DESC, r.user_id
                LIMIT \(request.limit) OFFSET \(request.offset)
            ) page ON TRUE
            WHERE c.tenant_id = \(tenant) AND c.id = \(company) AND \(CompanyQueries.isVisible(to: user))
            ORDER BY page.created_at DESC
            """
    }
}

extension CompanyView {
    init(_ row: Row) throws {
        self.init(
            id: try row("id"),
            name: try row("name"),
            website: try row("website"),
            industry: try row("industry"),
            size: try row("size"),
            description: try row("description"),
            location: try row("location"),
            logoUrl: try row("logo_url"),
            averageRating: try row("average"),
            ratings: try row("total"),
            approval: try row("approval"),
            approvalReason: try row("approval_reason"),
            version: try row("version"),
            createdAt: try row("created_at"),
            updatedAt: try row("updated_at")
        )
    }
}

extension RatingView {
    init(_ row: Row) throws {
        self.init(rating: try row("rating"), comment: try row("comment"), createdAt: try row("created_at"))
    }
}
