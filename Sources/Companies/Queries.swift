import Foundation
import Kernel
import Postgres

/// Statements on companies; those on members and ratings follow.
enum CompanyQueries {
    static func company(_ id: Identifier<Company>, tenant: Identifier<Tenant>, locked: Bool = false) -> SQL {
        """
        SELECT c.id, c.name, c.website, c.industry, c.size, c.description, c.location, c.logo_url, c.created_at, c.updated_at,
            rated.average, rated.total
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

    static func names(_ ids: [Identifier<Company>], tenant: Identifier<Tenant>) -> SQL {
        "SELECT c.id, c.name FROM companies c WHERE c.tenant_id = \(tenant) AND c.id = ANY(\(ids.map(\.uuid))::uuid[])"
    }

    static func insert(_ id: Identifier<Company>, _ input: CreateCompany, creator: Identifier<User>, _ tx: TenantTransaction) -> SQL {
        """
        INSERT INTO companies (
            tenant_id, id, name, website, industry, size, description, location, logo_url, created_by, created_at, updated_at
        )
        VALUES (
            \(tx.tenant), \(id), \(input.name), \(input.website?.value), \(input.industry), \(input.size), \(input.description),
            \(input.location), \(input.logoUrl?.value), \(creator), \(tx.now), \(tx.now)
        )
        """
    }

    static func update(_ current: CompanyView, _ input: UpdateCompany, _ tx: TenantTransaction) -> SQL {
        """
        UPDATE companies
        SET name = \(input.name?.value ?? current.name),
            website = \(input.website.text(current.website, \.value)),
            industry = \(input.industry.text(current.industry, \.value)),
            size = \(input.size.applied(to: current.size)),
            description = \(input.description.text(current.description, \.value)),
            location = \(input.location.text(current.location, \.value)),
            logo_url = \(input.logoUrl.text(current.logoUrl, \.value)),
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
        INSERT INTO company_members (tenant_id, company_id, user_id, role, status, created_at, updated_at)
        VALUES (\(tx.tenant), \(company), \(user), \(role), \(status), \(tx.now), \(tx.now))
        """
    }

    static func member(_ user: Identifier<User>, of company: Identifier<Company>, tenant: Identifier<Tenant>) -> SQL {
        """
        SELECT u.id, u.email, u.first_name, u.last_name, m.role, m.status, m.created_at, m.updated_at
        FROM company_members m
        JOIN users u ON u.tenant_id = m.tenant_id AND u.id = m.user_id
        WHERE m.tenant_id = \(tenant) AND m.company_id = \(company) AND m.user_id = \(user)
        """
    }

    static func list(_ input: ListMembers, tenant: Identifier<Tenant>, _ request: PageRequest) -> SQL {
        """
        WITH found AS (
            SELECT u.id, u.email, u.first_name, u.last_name, m.role, m.status, m.created_at, m.updated_at
            FROM company_members m
            JOIN users u ON u.tenant_id = m.tenant_id AND u.id = m.user_id
            WHERE m.tenant_id = \(tenant) AND m.company_id = \(input.id)
                AND (\(input.role)::text IS NULL OR m.role = \(input.role)) AND (\(input.status)::text IS NULL OR m.status = \(input.status))
        )
        SELECT (SELECT count(*) FROM found) AS total, page.id, page.email, page.first_name, page.last_name, page.role, page.status,
            page.created_at, page.updated_at
        FROM companies c
        LEFT JOIN (
            SELECT id, email, first_name, last_name, role, status, created_at, updated_at
            FROM found
            ORDER BY created_at, id
            LIMIT \(request.limit) OFFSET \(request.offset)
        ) page ON TRUE
        WHERE c.tenant_id = \(tenant) AND c.id = \(input.id)
        ORDER BY page.created_at, page.id
        """
    }

    static func update(
        _ user: Identifier<User>,
        of company: Identifier<Company>,
        _ role: CompanyRole,
        _ status: MemberStatus,
        _ tx: TenantTransaction
    ) -> SQL {
        """
        UPDATE company_members
        SET role = \(role), status = \(status), updated_at = \(tx.now)
        WHERE tenant_id = \(tx.tenant) AND company_id = \(company) AND user_id = \(user)
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
        INSERT INTO company_ratings (tenant_id, company_id, user_id, rating, comment, created_at)
        VALUES (\(tx.tenant), \(input.id), \(user), \(input.rating), \(input.comment), \(tx.now))
        """
    }

    static func list(_ company: Identifier<Company>, tenant: Identifier<Tenant>, _ request: PageRequest) -> SQL {
        """
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
        WHERE c.tenant_id = \(tenant) AND c.id = \(company)
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
