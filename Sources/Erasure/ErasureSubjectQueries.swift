import Foundation
import Identity
import Kernel
import Postgres

extension Erasure {
    /// Shorter words appear in too many texts that mean somebody else.
    private static let shortestWord = 5

    /// People with what is theirs and how others name them, found through the declarations.
    func subject(_ people: [Identifier<User>], things: [UUID] = [], in tx: TenantTransaction) async throws(Failure) -> ErasureSubject {
        var subject = ErasureSubject(tenant: tx.tenant, people: people.map(\.uuid), things: things)
        let things = try await tx.query(SubjectQueries.things(tables, subject))
        let words = try await tx.query(SubjectQueries.words(tables, subject))
        let found = try reading { (try things.map { try $0("id") as UUID }, try words.map { try $0("word") as String }) }
        let said = found.1.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }.filter { $0.count >= Self.shortestWord }
        let others = try await tx.query(SubjectQueries.others(sharing: said, with: subject))
        let shared = try reading { Set(try others.map { try $0("word") as String }) }
        subject.add(things: found.0, words: said.filter { !shared.contains($0) })
        return subject
    }
}

private enum SubjectQueries {
    static func things(_ tables: [PersonalTable], _ subject: ErasureSubject) -> SQL {
        tables.compactMap { table -> SQL? in
            guard let whose = table.things else { return nil }
            return "SELECT t.id FROM \(raw: table.name) t WHERE \(table.rows(of: subject)) AND \(whose(subject))"
        }
        .joined(separator: " UNION ")
    }

    static func words(_ tables: [PersonalTable], _ subject: ErasureSubject) -> SQL {
        tables.flatMap { table -> [SQL] in
            guard let (expressions, whose) = table.words else { return [] }
            return expressions.map { expression in
                """
                SELECT w.word
                FROM \(raw: table.name) t
                CROSS JOIN LATERAL unnest(\(raw: expression)) AS w (word)
                WHERE \(table.rows(of: subject)) AND \(whose(subject)) AND w.word IS NOT NULL
                """
            }
        }
        .joined(separator: " UNION ")
    }

    /// Words that mean another person, too: a namesake's name, or the address of somebody that a resume refers to.
    static func others(sharing words: [String], with subject: ErasureSubject) -> SQL {
        """
        SELECT DISTINCT w.word
        FROM unnest(\(words)::text[]) AS w (word)
        JOIN users u ON u.tenant_id = \(subject.tenant) AND u.id <> ALL(\(subject.people)::uuid[]) AND u.status <> 'deleted'
            AND lower(w.word) IN (u.email, lower(u.phone), lower(concat_ws(' ', u.first_name, u.last_name)))
        """
    }
}
