import Foundation
package import Kernel
package import Letters
import Postgres

extension Letterhead {
    /// The reader's own language, else the tenant's, else English; the reader's locale, else the language's; the reader's time zone, else the
    /// tenant's, else UTC;
    /// unusable settings count as missing.
    init(_ row: Row) throws {
        let (own, tenants): (String?, String?) = (try row("locale"), try row("tenant_language"))
        let logo: String? = try row("tenant_logo")
        let (ownZone, tenantsZone): (String?, String?) = (try row("time_zone"), try row("tenant_time_zone"))
        self.init(
            tenant: try row("tenant_name"),
            logoURL: logo.flatMap { try? WebAddress($0).value },
            language: own.flatMap(Language.init(tag:)) ?? tenants.flatMap(Language.init(tag:)) ?? .english,
            locale: own.map(Locale.init(identifier:)),
            timeZone: ownZone.flatMap(TimeZone.init(identifier:)) ?? tenantsZone.flatMap(TimeZone.init(identifier:)) ?? .gmt
        )
    }

    /// The columns read above, of the tenant `t` and of the reader's row.
    static func columns(user: StaticString) -> SQL {
        """
        \(raw: user).locale, \(raw: user).time_zone, t.name AS tenant_name, t.settings ->> 'language' AS tenant_language,
        t.settings ->> 'logoUrl' AS tenant_logo, t.settings ->> 'timeZone' AS tenant_time_zone
        """
    }
}

extension Identity {
    /// The letterhead of a letter to somebody.
    package func letterhead(for reader: Identifier<User>, as actor: SystemActor) async throws(Failure) -> Letterhead {
        let rows = try await store.query(as: actor, UserQueries.letterhead(for: reader, tenant: actor.tenant))
        guard let row = rows.first else { throw .notFound }
        return try reading { try Letterhead(row) }
    }
}
