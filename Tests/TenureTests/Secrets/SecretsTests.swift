import Foundation
import Kernel
import Postgres
import Secrets
import Testing

@testable import tenure

/// Secrets in the real database, under row-level security.
@Suite struct SecretsTests {
    private static func ring(_ ids: String...) throws -> KeyRing {
        try KeyRing(
            ids.map { "\($0):\(Data(repeating: UInt8($0.utf8.last ?? 0), count: 32).base64EncodedString())" }.joined(separator: ",")
        )
    }

    private static let secret = Array("xoxb-a-token-nobody-may-read".utf8)

    private func place(_ tenant: TestTenant) -> SecretPlace {
        SecretPlace(tenant: tenant.id, table: "companies", row: UUID(), name: "token")
    }

    private func keep(_ secret: [UInt8], at place: SecretPlace, under ring: KeyRing, _ tenant: TestTenant) async throws {
        try await tenant.server.composition.door.upkeep(in: tenant.id) { tx in try await Vault(ring).keep(secret, at: place, in: tx) }
    }

    private func read(_ place: SecretPlace, with ring: KeyRing, _ tenant: TestTenant) async throws -> [UInt8]? {
        try await tenant.server.composition.store.transaction(as: SystemActor(tenant: tenant.id)) { tx in
            try await Vault(ring).secret(at: place, in: tx)
        }
    }

    @Test func `a secret is kept, replaced, read and forgotten, and the database never sees it`() async throws {
        let tenant = try await TestTenant()
        let (ring, place) = (try Self.ring("k1"), place(tenant))
        try await keep(Array("the first".utf8), at: place, under: ring, tenant)
        try await keep(Self.secret, at: place, under: ring, tenant)
        #expect(try await read(place, with: ring, tenant) == Self.secret)
        let rows = try await tenant.server.inspector.query("SELECT key_id, sealed FROM secrets WHERE owner_id = \(place.row)")
        #expect(rows.count == 1)
        let bytes: [UInt8] = try rows[0]("sealed")
        #expect(!String(decoding: bytes, as: UTF8.self).contains("xoxb") && bytes.count == Self.secret.count + 28)
        try await tenant.server.composition.door.upkeep(in: tenant.id) { tx in try await Vault(ring).forget(place, in: tx) }
        #expect(try await read(place, with: ring, tenant) == nil)
    }

    @Test func `a secret that was moved to another row, or another tenant, can't be decrypted`() async throws {
        let (tenant, other) = (try await TestTenant(), try await TestTenant())
        let (ring, place) = (try Self.ring("k1"), place(tenant))
        try await keep(Self.secret, at: place, under: ring, tenant)
        let elsewhere = SecretPlace(tenant: other.id, table: "companies", row: place.row, name: "token")
        await #expect(throws: Failure.self) { try await read(place, with: ring, other) }
        #expect(try await read(elsewhere, with: ring, other) == nil)
        try await tenant.execute("UPDATE secrets SET tenant_id = \(other.id) WHERE owner_id = \(place.row)")
        await #expect(throws: Failure.self) { try await read(elsewhere, with: ring, other) }
    }

    @Test func `rotation re-encrypts everything with the new key, and lists what it can't decrypt`() async throws {
        let tenant = try await TestTenant()
        let (lost, kept) = (place(tenant), (0..<3).map { _ in place(tenant) })
        for place in kept { try await keep(Self.secret, at: place, under: try Self.ring("r1"), tenant) }
        try await keep(Self.secret, at: lost, under: try Self.ring("r9"), tenant)

        let ring = try Self.ring("r2", "r1")
        let outcome = try await SecretRotation(door: tenant.server.composition.door, ring: ring).run()
        #expect(outcome.rotated >= 3)
        #expect(outcome.unopened.contains { $0.contains(lost.row.uuidString.lowercased()) && $0.contains("'r9'") })
        for place in kept { #expect(try await read(place, with: try Self.ring("r2"), tenant) == Self.secret) }
        #expect(try await read(lost, with: try Self.ring("r9"), tenant) == Self.secret)
        let words = outcome.lines(ring)
        #expect(words.contains { $0.hasPrefix("r2: ") } && words.contains { $0.hasPrefix("NOT DECRYPTED: \(tenant.id)") })
    }
}
