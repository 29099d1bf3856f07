import Foundation
import Glibc
import Kernel
import Postgres
import Testing

/// Erasures in the middle of which the server is killed.
@Suite struct KilledErasureTests {
    /// Where one may stand when it happens.
    private struct Point {
        let what: String
        let change: SQL
        let table: String
        var condition: SQL = "true"
    }

    private static let points = [
        Point(what: "before anything is gone", change: "UPDATE", table: "users", condition: "OLD.status = 'deleted'"),
        Point(what: "when a file is gone and its row is not", change: "UPDATE", table: "resumes"),
        Point(
            what: "after one batch of a place, in the next",
            change: "DELETE",
            table: "notifications",
            condition: "OLD.text = 'The last.'"
        ),
        Point(
            what: "when rows are changed and not yet counted",
            change: "INSERT",
            table: "erasure_places",
            condition: "NEW.place = 'applications'"
        ),
        Point(what: "in the log", change: "UPDATE", table: "events", condition: "OLD.payload <> NEW.payload"),
        Point(what: "when all is gone and nothing is told yet", change: "UPDATE", table: "erasures", condition: "NEW.status = 'completed'"),
    ]

    @Test func `an erasure in which the server is killed, wherever it was, ends complete, with everything counted once`() async throws {
        try await Machine.run { machine in
            let job = try await machine.job()
            let admin = try await machine.tenantAdmin()
            for (index, point) in Self.points.enumerated() {
                let name = "Quillfeather\(index)"
                let person = try await machine.candidate(named: name, at: job)
                let preview = try await admin.get("/api/v1/admin/users/\(person.id)/erasure").expect(200).data["places"]
                try await machine.closeGate(beforeEach: point.change, on: point.table, when: point.condition)
                let begun = try await admin.post("/api/v1/admin/users/\(person.id)/erasure").expect(202)
                try await machine.waiting(atGate: 1)
                try await machine.killServer()
                try await machine.openGate()
                _ = try await machine.inspector.query("DROP TRIGGER gate ON \(identifier: point.table)")
                try await machine.lapseLeases()
                try await machine.startServer()

                let path = "/api/v1/admin/erasures/\(try #require(begun.data["number"]?.int))"
                try await eventually { try await admin.get(path).data["status"] == "completed" }
                let receipt = try await admin.get(path).expect(200)
                #expect(receipt.data["places"] == preview, "\(point.what)")
                #expect(receipt.data["places"]?.items.contains { $0["place"] == "notifications" && $0["count"]?.int ?? 0 >= 250 } == true)
                #expect(receipt.data["places"]?.items.contains { $0["place"] == "files" && $0["count"] == 1 } == true)
                #expect(try await machine.traces(of: name) == [], "\(point.what)")
                let told: SQL = "SELECT count(*) AS count FROM events WHERE name = 'user.erased' AND subject_id = \(person.id)::uuid"
                #expect(try await machine.count(told) == 1, "\(point.what)")
            }
            try await eventually { try await machine.count("SELECT count(*) AS count FROM work WHERE name = 'erasure.erase'") == 0 }
        }
    }
}

extension Machine {
    fileprivate func tenantAdmin() async throws -> Guest {
        let admin = try await register("employer")
        _ = try await inspector.query("UPDATE users SET roles = '{employer,tenantAdmin}' WHERE id = \(admin.id)::uuid")
        let credentials: JSON = ["email": .string(admin.email), "password": .string(TestServer.password)]
        let answer = try await visitor().post("/api/v1/auth/login", credentials).expect(200)
        return Guest(url: url, token: answer.data["accessToken"]?.string, id: admin.id, email: admin.email)
    }

    /// Somebody with a resume, an application of which others wrote, and more notifications than are taken out at once.
    fileprivate func candidate(named name: String, at job: (id: String, recruiter: Guest)) async throws -> Guest {
        let person = try await register("candidate", lastName: name)
        let file = try Fixture.document("backend-engineer.pdf")
        let resume = try await person.upload("/api/v1/resumes/upload", file: file, name: "\(name).pdf").expect(201)
        try await eventually { try await person.get("/api/v1/resumes/\(resume.id)").data["status"] == "parsed" }
        let application = try await person.post("/api/v1/jobs/\(job.id)/apply", ["coverLetter": .string("I am \(name).")]).expect(201)
        let note: JSON = ["text": .string("Ada \(name) was prepared.")]
        try await job.recruiter.post("/api/v1/applications/\(application.id)/notes", note).expect(201)
        // All is quiet: the mails have gone, and every event has its number.
        try await eventually {
            try await self.count(
                """
                SELECT (SELECT count(*) FROM work WHERE run_at < now() + interval '1 hour')
                    + (SELECT count(*) FROM events WHERE sequence IS NULL) AS count
                """
            ) == 0
        }
        let there = try await count("SELECT count(*) AS count FROM notifications WHERE user_id = \(person.id)::uuid")
        _ = try await inspector.query(
            """
            INSERT INTO notifications (tenant_id, id, user_id, kind, text, created_at)
            SELECT u.tenant_id, gen_random_uuid(), u.id, 'message', CASE n WHEN 250 THEN 'The last.' ELSE \(name) END, now()
            FROM users u, generate_series(\(there + 1)::int, 250) n
            WHERE u.id = \(person.id)::uuid
            ORDER BY n
            """
        )
        return person
    }

    /// The tables in which a name stands.
    fileprivate func traces(of name: String) async throws -> [String] {
        let tables = try await inspector.query(
            "SELECT table_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'tenant_id' ORDER BY 1"
        )
        var found: [String] = []
        for row in tables {
            let table: String = try row("name")
            let rows = try await count("SELECT count(*) AS count FROM \(identifier: table) t WHERE t::text ILIKE \("%\(name)%")")
            if rows > 0 { found.append("\(table): \(rows)") }
        }
        return found
    }
}
