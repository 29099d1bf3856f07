import Foundation
import Kernel
import Postgres
import Testing

@testable import Blobs
@testable import tenure

/// Stored files and the rows that name them.
@Suite struct BlobCheckTests {
    /// As if the grace period were over for everything stored so far.
    private static let over: TimeInterval = -60

    private static func check(_ tenant: TestTenant, sweeps: Bool = false, grace: TimeInterval = over) async throws -> BlobCheck.Outcome {
        var outcome = BlobCheck.Outcome()
        try await tenant.server.composition.blobCheck.check(tenant.id, sweeps: sweeps, grace: grace, &outcome)
        return outcome
    }

    private static func resume(of person: Person, _ tenant: TestTenant) async throws -> (id: String, key: BlobKey) {
        let file = try Fixture.document("registered-nurse.docx")
        let id = try await person.upload("/resumes/upload", file: file, name: "life.docx").expect(201).id
        let row = try await tenant.server.inspector.query("SELECT blob_key FROM resumes WHERE id = \(id)::uuid").first
        let text: String? = try row?("blob_key")
        return (id, try #require(text.flatMap(BlobKey.init)))
    }

    @Test func `a file that no row names is swept once it has waited long enough, and no other`() async throws {
        let tenant = try await TestTenant()
        let ada = try await tenant.candidate()
        let resume = try await Self.resume(of: ada, tenant)
        let blobs = tenant.server.composition.blobs
        let stray = BlobKey(tenant: tenant.id.uuid)
        _ = try await blobs.put(Data("whose?".utf8), as: stray)

        // An upload whose transaction has not ended looks the same.
        #expect(try await Self.check(tenant, sweeps: true, grace: BlobCheck.grace).unnamed == [])
        #expect(try await blobs.read(stray) == Data("whose?".utf8))

        let looked = try await Self.check(tenant)
        #expect(looked.unnamed == [stray] && looked.missing == [] && looked.deleted == 0 && looked.blobs == 2 && looked.rows == 1)
        #expect(try await Self.check(tenant, sweeps: true).deleted == 1)
        await #expect(throws: BlobError.notFound(stray)) { try await blobs.read(stray) }
        try await ada.get("/resumes/\(resume.id)/file").expect(200)
        #expect(try await Self.check(tenant).unnamed == [])
    }

    @Test func `a row whose file is gone is named`() async throws {
        let tenant = try await TestTenant()
        let resume = try await Self.resume(of: tenant.candidate(), tenant)
        try await tenant.server.composition.blobs.delete(resume.key)
        let outcome = try await Self.check(tenant)
        #expect(outcome.missing == [resume.key])
        #expect(outcome.lines.first == "MISSING  \(resume.key)")
    }

    @Test func `one of several servers sweeps, once a day`() async throws {
        let door = try await TestServer.running.composition.door
        let now = Date(timeIntervalSinceNow: 400 * 86_400)
        let claims = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<8 { group.addTask { try await door.upkeep(BlobQueries.claimSweep(at: now)).count } }
            return try await group.reduce(0, +)
        }
        #expect(claims == 1)
        #expect(try await door.upkeep(BlobQueries.claimSweep(at: now + 3600)).count == 0)
        #expect(try await door.upkeep(BlobQueries.claimSweep(at: now + 86_401)).count == 1)
    }

    /// A file that only an undeclared column names would be deleted.
    @Test func `each column that names a file is declared`() async throws {
        let tenant = try await TestTenant()
        _ = try await Self.resume(of: tenant.candidate(), tenant)
        let inspector = tenant.server.inspector
        let declared = Set(tenant.server.composition.capabilities.blobs.map { "\($0.table).\($0.column)" })
        let columns = try await inspector.query(
            """
            SELECT c.table_name::text AS table_name, c.column_name::text AS column_name
            FROM information_schema.columns c
            JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name
            WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.data_type = 'text'
            """
        )
        var naming: Set<String> = []
        for row in columns {
            let (table, column): (String, String) = (try row("table_name"), try row("column_name"))
            let found = try await inspector.query(
                """
                SELECT true AS found FROM \(identifier: table)
                WHERE \(identifier: column) ~ '^[0-9a-f]{8}-[0-9a-f-]{27}/[0-9]{4}/[0-9a-f]{8}-[0-9a-f-]{27}$'
                LIMIT 1
                """
            )
            if found.count > 0 { naming.insert("\(table).\(column)") }
        }
        #expect(naming.contains("resumes.blob_key"))
        #expect(naming.subtracting(declared) == [])
    }
}
