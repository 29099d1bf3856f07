import Candidates
import Identity
import Kernel
import Postgres

package struct ChangeTenant: Codable, Sendable {
    let id: Identifier<Tenant>
    let name: Text<200>?
    let plan: TenantPlan?
    let status: TenantStatus?
    let host: Patch<HostName>
    /// Merged into the current settings; null removes one.
    let settings: [String: JSON]?
}

/// A tenant's row after the change.
struct TenantChange: Equatable {
    var name: String
    var plan: TenantPlan
    var status: TenantStatus
    var host: String?
    var settings: [String: JSON]

    init(_ tenant: TenantView) {
        name = tenant.name
        plan = tenant.plan
        status = tenant.status
        host = tenant.host
        settings = tenant.settings
    }

    mutating func apply(_ input: ChangeTenant) {
        name = input.name?.value ?? name
        plan = input.plan ?? plan
        status = input.status ?? status
        switch input.host {
        case .absent: break
        case .null: host = nil
        case .value(let value): host = value.value
        }
        if let patch = input.settings { settings = settings.merged(with: patch) }
    }

    func fieldsChanged(from old: TenantChange) -> [String] {
        let fields = [
            ("name", name != old.name), ("plan", plan != old.plan), ("status", status != old.status), ("host", host != old.host),
            ("settings", settings != old.settings),
        ]
        return fields.filter(\.1).map(\.0)
    }
}

extension Administration {
    /// Larger settings would slow down every request that reads them.
    private static let largestSettings = 16_384

    func changeTenant(_ input: ChangeTenant, by admin: SystemAdmin) async throws(Failure) -> TenantView {
        guard input.id != admin.tenant || input.status != .suspended else { throw .ownTenant }
        return try await door.transaction(by: admin, "Change a tenant", in: input.id) { tx in
            guard let row = try await tx.asOperator(TenantQueries.lock(input.id)).first else { throw Failure.tenantNotFound }
            let current = try TenantView(row)
            let old = TenantChange(current)
            var change = old
            change.apply(input)
            guard change != old else { return current }
            if let wish = change.settings[EmployerSignUp.setting], wish.string.flatMap(EmployerSignUp.init(rawValue:)) == nil {
                let names = EmployerSignUp.allCases.map(\.rawValue).joined(separator: ", ")
                throw Failure.validation("settings.\(EmployerSignUp.setting)", "Must be one of \(names).")
            }
            if let wish = change.settings[CandidateAudience.setting], wish.string.flatMap(CandidatePool.init(rawValue:)) == nil {
                let names = CandidatePool.allCases.map(\.rawValue).joined(separator: ", ")
                throw Failure.validation("settings.\(CandidateAudience.setting)", "Must be one of \(names).")
            }
            if let wish = change.settings["timeZone"], wish.string.flatMap({ try? TimeZoneName($0) }) == nil {
                throw Failure.validation("settings.timeZone", "Must be a time zone such as Europe/Berlin.")
            }
            guard JSON.object(change.settings).canonicalBytes.count <= Self.largestSettings else {
                throw Failure.validation("settings", "Must have at most \(Self.largestSettings) bytes.")
            }
            return try await write(change, over: old, input.id, tx)
        }
    }

    private func write(
        _ change: TenantChange,
        over old: TenantChange,
        _ id: Identifier<Tenant>,
        _ tx: TenantTransaction
    ) async throws -> TenantView {
        if change.host != old.host {
            if let host = old.host { try await tx.asOperator(TenantQueries.removeName(host, id)) }
            if let host = change.host { try await tx.asOperator(TenantQueries.addName(host, id)) }
        }
        guard let row = try await tx.asOperator(TenantQueries.update(id, to: change, now: tx.now)).first else {
            throw Failure.tenantNotFound
        }
        if change.settings != old.settings { try await tx.asOperator(TenantQueries.reschedule(id, now: tx.now)) }
        let tenant = try TenantView(row)
        try tx.append(TenantChanged(tenant: TenantFact(tenant), changed: change.fieldsChanged(from: old)))
        identity.standingChanged(id, in: tx)
        return tenant
    }
}

extension [String: JSON] {
    /// RFC 7396.
    func merged(with patch: [String: JSON]) -> [String: JSON] {
        patch.reduce(into: self) { merged, change in
            switch change.value {
            case .null: merged[change.key] = nil
            case .object(let inner):
                var below: [String: JSON] = [:]
                if case .object(let members) = merged[change.key] { below = members }
                merged[change.key] = .object(below.merged(with: inner))
            default: merged[change.key] = change.value
            }
        }
    }
}
