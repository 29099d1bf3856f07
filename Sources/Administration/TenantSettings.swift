package import Candidates
package import Identity
import Kernel
package import Letters
import Postgres

/// What a tenant's administrators decide for their tenant.
package struct TenantSettings: Codable, Sendable {
    /// `approval`: companies of employers who signed themselves up wait for an administrator. `open`: they are in at once. `closed`: nobody can.
    package let employerSignUp: EmployerSignUp
    /// `shared`: companies find candidates who haven't applied to them, if these agreed. `closed`: they don't.
    package let candidatePool: CandidatePool
    /// For letters to people who have not chosen a language themselves.
    package let language: Language?
    /// Shown at the top of letters.
    package let logoUrl: String?
    /// For rules that run at a time of day, and for letters to people who have not chosen one themselves; UTC if null.
    package let timeZone: String?

    init(_ row: Row?) throws {
        employerSignUp = try EmployerSignUp(row)
        candidatePool = CandidatePool(setting: try (row?("candidate_pool") as String??).flatMap(\.self))
        language = try (row?("language") as String??).flatMap(\.self).flatMap(Language.init(rawValue:))
        logoUrl = try (row?("logo_url") as String??).flatMap(\.self)
        timeZone = try (row?("time_zone") as String??).flatMap(\.self)
    }
}

struct ChangeSettings: Codable, Sendable {
    let employerSignUp: EmployerSignUp?
    let candidatePool: CandidatePool?
    let language: Language?
    /// Null removes it.
    let logoUrl: Patch<WebAddress>
    /// Null for UTC.
    let timeZone: Patch<TimeZoneName>
}

extension Administration {
    func showSettings(_ input: NoInput, by admin: TenantAdmin) async throws(Failure) -> TenantSettings {
        let row = try await store.query(as: admin, TenantQueries.settings(admin.tenant)).first
        return try reading { try TenantSettings(row) }
    }

    /// Companies that wait or were rejected stay as they are.
    func changeSettings(_ input: ChangeSettings, by admin: TenantAdmin) async throws(Failure) -> TenantSettings {
        try await store.transaction(as: admin) { tx in
            if let row = try await tx.first(TenantQueries.change(input.settings, tx)) {
                tx.queue(TenantQueries.reschedule(tx.tenant, now: tx.now))
                try tx.append(TenantChanged(tenant: TenantFact(try TenantView(row)), changed: ["settings"]))
            }
            return try TenantSettings(try await tx.first(TenantQueries.settings(tx.tenant)))
        }
    }
}

extension ChangeSettings {
    /// As stored in the tenant's settings; null removes one.
    fileprivate var settings: JSON {
        var settings: [String: JSON] = [:]
        if let employerSignUp { settings[EmployerSignUp.setting] = .string(employerSignUp.rawValue) }
        if let candidatePool { settings[CandidateAudience.setting] = .string(candidatePool.rawValue) }
        if let language { settings["language"] = .string(language.rawValue) }
        settings["logoUrl"] = logoUrl.json(\.value)
        settings["timeZone"] = timeZone.json(\.value)
        return .object(settings)
    }
}

extension Patch {
    /// As it is merged into stored settings; nil changes nothing.
    fileprivate func json(_ text: (Value) -> String) -> JSON? {
        switch self {
        case .absent: nil
        case .null: .null
        case .value(let value): .string(text(value))
        }
    }
}
