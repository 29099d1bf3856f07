import Foundation
package import Kernel
package import Letters
import Postgres

extension Letterhead {
    /// The reader's own language, else the tenant's, else English, and the reader's locale and time zone, else the language's and UTC;
    /// unusable settings count as missing.
    init(_ row: Row) throws {
        let (own, tenants): (String?, String?) = (try row("locale"), try row("tenant_language"))
        let logo: String? = try row("tenant_logo")
        let zone: String? = try row("time_zone")
        self.init(
            tenant: try row("tenant_name"),
            logoURL: logo.flatMap { try? WebAddress($0).value },
            language: own.flatMap(Language.init(tag:)) ?? tenants.flatMap(Language.init(tag:)) ?? .english,
            locale: own.map(Locale.init(identifier:)),
            timeZone: zone.flatMap(TimeZone.init(identifier:)) ?? .gmt
        )
    }

    /// The columns read above, of the tenant `t` and of the reader's row.
    static func columns(user: StaticString) -> SQL {
        """
        \(raw: user).locale, \(raw: user).time_zone, t.name AS tenant_name, t.settings ->> 'language' AS tenant_language,
        t.settings ->> 'logoUrl' AS tenant_logo
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
