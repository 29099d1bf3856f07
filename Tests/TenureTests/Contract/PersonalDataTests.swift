import Foundation
import Kernel
import Postgres
import Testing
import Toy

@testable import Erasure
@testable import tenure

/// Tables and events about people declare what an erasure does with them.
@Suite struct PersonalDataTests {
    /// Columns that contain a person's id, or what a person wrote or is called.
    private static let suspects = """
        (email|^name|_name|phone|text|comment|message|note|reason|feedback|address|user_agent|recipients|^subject$|title|description|summary|\
        headline|location|label|^log$|output|^error$|^last_error$|cover_letter|body|source|problem|links|prominent_line|answers|tags|skills|website|\
        linkedin_url|_by$|^user_id|candidate_id|author|actor_id|admin_id|person_id|interviewers)
        """

    private var tables: [PersonalTable] {
        get async throws {
            try await TestServer.running.composition.capabilities.personalTables
        }
    }

    @Test func `every column that may hold something of a person is in a declaration`() async throws {
        // The toy's table may be there as well, created by its own test.
        let known = try await tables + Toy.personalTables
        let declared = Dictionary(grouping: known, by: \.name.description).mapValues { Set($0.flatMap(\.columns)) }
        let rows = try await TestServer.running.inspector.query(
            """
            SELECT c.relname AS table, a.attname AS column
            FROM pg_class c
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
                AND c.relname NOT IN ('schema_migrations', 'migrations', 'rule_vocabularies', 'tenant_names', 'upkeep_runs')
                AND (
                    a.atttypid IN ('json'::regtype, 'jsonb'::regtype)
                    OR (a.atttypid IN ('text'::regtype, 'text[]'::regtype, 'uuid'::regtype, 'uuid[]'::regtype, 'bytea'::regtype)
                        AND a.attname ~ \(Self.suspects))
                    OR EXISTS (
                        SELECT
                        FROM pg_constraint f
                        WHERE f.conrelid = c.oid AND f.contype = 'f' AND f.confrelid IN ('users'::regclass, 'candidates'::regclass)
                            AND a.attnum = ANY(f.conkey) AND a.attname NOT IN ('tenant_id', 'id')
                    )
                )
            ORDER BY 1, 2
            """
        )
        let forgotten = try rows.compactMap { row -> String? in
            let (table, column): (String, String) = (try row("table"), try row("column"))
            // A row that is deleted takes its columns along.
            return declared[table].map { $0.contains(column) || $0.contains("*") } == true ? nil : "\(table).\(column)"
        }
        #expect(forgotten == [], "Say in the capability's PersonalData.swift what an erasure makes of these.")
        #expect(rows.count > 100)
    }

    @Test func `no table is declared twice, and all that is declared is there`() async throws {
        let tables = try await tables
        #expect(Set(tables.map(\.name.description)).count == tables.count)
        let rows = try await TestServer.running.inspector.query(
            """
            SELECT table_name AS table, column_name AS column
            FROM information_schema.columns
            WHERE table_schema = 'public'
            """
        )
        let there = Set(try rows.map { "\(try $0("table") as String).\(try $0("column") as String)" })
        for table in tables {
            for column in table.columns where column != "*" {
                #expect(there.contains("\(table.name).\(column)"), "\(table.name).\(column)")
            }
        }
    }

    /// Text that is searched in other rows must be replaced in rows that lose all of it.
    @Test func `what is searched is replaced where a row is one person's`() async throws {
        for table in try await tables {
            var replaced: Set<String> = []
            for case .replaced(let replacements, _) in table.parts { replaced.formUnion(replacements.map(\.column.description)) }
            for case .searched(let columns) in table.parts where !replaced.isEmpty {
                for column in columns { #expect(replaced.contains(column.name.description), "\(table.name).\(column.name)") }
            }
        }
    }

    @Test func `every part of a payload that may be personal is in its event's declaration`() async throws {
        for event in try await events() {
            let declared = event.personal.flatMap(\.fields)
            let forgotten = Self.suspects(in: SchemaRecorder.schema(of: event), at: "").filter { path in
                !declared.contains { path == $0 || path.hasPrefix("\($0).") }
            }
            #expect(forgotten == [], "\(event.name): say in `personal` whose these are.")
        }
    }

    @Test func `a payload without its personal parts is still one of its event`() async throws {
        for event in try await events() { try Self.checkErased(event) }
    }

    private static func checkErased<E: Event>(_ event: E.Type) throws {
        let payload = try JSON(encoding: E.sample)
        let ids = uuids(in: payload)
        let redaction = Redaction(ErasureSubject(tenant: .placeholder, people: ids))
        let erased = redaction.redacted(payload, E.personal, actor: ids.first)
        #expect(throws: Never.self, "\(E.name)") { try Wire.decode(E.self, from: erased.canonicalBytes) }
        #expect(redaction.redacted(erased, E.personal, actor: ids.first) == erased, "\(E.name)")
        let isPersonal = E.personal.contains { $0.owner != .nobody && $0.owner != .anybody }
        #expect((erased != payload) == isPersonal, "\(E.name)")
    }

    private func events() async throws -> [any Event.Type] {
        try await TestServer.running.composition.capabilities.events
    }

    private static let fields: Set<String> = [
        "email", "name", "firstName", "lastName", "phone", "address", "text", "comment", "reason", "headline", "location", "skills",
        "yearsOfExperience", "answers", "tags", "tag", "label", "description", "feedback", "message", "value", "former", "problem",
        "summary",
        "title", "baseSalary", "bonus", "about", "source", "disqualifiedBy", "words",
    ]

    private static func suspects(in schema: Schema, at path: String) -> [String] {
        schema.properties.flatMap { property -> [String] in
            let here = path.isEmpty ? property.name : "\(path).\(property.name)"
            if fields.contains(property.name), property.schema.properties.isEmpty { return [here] }
            return suspects(in: property.schema, at: here)
        }
    }

    private static func uuids(in json: JSON) -> [UUID] {
        switch json {
        case .string(let text): UUID(uuidString: text).map { [$0] } ?? []
        case .array(let elements): elements.flatMap { uuids(in: $0) }
        case .object(let members): members.keys.sorted().flatMap { uuids(in: members[$0] ?? .null) }
        default: []
        }
    }
}

extension PersonalTable {
    /// The columns that its parts mention; `*` if whole rows are deleted.
    fileprivate var columns: [String] {
        parts.flatMap { part -> [String] in
            switch part {
            case .deleted: ["*"]
            case .replaced(let replacements, _): replacements.map(\.column.description)
            case .searched(let columns): columns.map(\.name.description)
            case .references(let columns), .impersonal(let columns): columns.map(\.description)
            }
        }
    }
}
