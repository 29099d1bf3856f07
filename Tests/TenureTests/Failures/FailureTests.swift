import ChildProcesses
import Foundation
import FoundationNetworking
import Glibc
import Kernel
import Postgres
import Synchronization
import Testing

/// Failures under a running server, and what must hold regardless. One after another: each has servers of its own.
@Suite(.serialized) struct FailureTests {
    @Test func `without Redis everything but presence goes on, and presence comes back with it`() async throws {
        try await Machine.run { machine in
            let job = try await machine.job()
            let candidate = try await machine.register("candidate")
            try await candidate.post("/api/v1/users/me/heartbeat").expect(200)
            #expect(try await candidate.get("/readyz").json["status"] == "ok")

            try await machine.killRedis()
            try await eventually { try await candidate.post("/api/v1/users/me/heartbeat").code == "PRESENCE_UNAVAILABLE" }
            try await candidate.post("/api/v1/users/me/heartbeat").expect(503)
            let readiness = try await candidate.get("/readyz").expect(200)
            #expect(readiness.json["status"] == "degraded")
            #expect(readiness.json["checks"]?["redis"]?["status"] == "degraded")
            let credentials: JSON = ["email": .string(candidate.email), "password": .string(TestServer.password)]
            try await machine.visitor().post("/api/v1/auth/login", credentials).expect(200)
            try await candidate.post("/api/v1/jobs/\(job.id)/apply").expect(201)
            try await job.recruiter.get("/api/v1/jobs/\(job.id)/board").expect(200)

            try await machine.startServices()
            try await eventually { try await candidate.post("/api/v1/users/me/heartbeat").status == 200 }
            #expect(try await candidate.get("/readyz").json["status"] == "ok")
        }
    }

    @Test func `while PostgreSQL is away requests get 503, and afterwards all that was acknowledged is there`() async throws {
        try await Machine.run { machine in
            let job = try await machine.job()
            let application = try await machine.register("candidate").post("/api/v1/jobs/\(job.id)/apply").expect(201).id
            let load = NoteLoad(recruiter: job.recruiter, application: application)
            try await load.run {
                try await eventually { load.acknowledged.count > 50 }
                try await machine.stopPostgres()
                try await eventually { load.statuses.contains(503) }
                try await machine.visitor().get("/readyz").expect(503)
                try await machine.startServices()
                let before = load.acknowledged.count
                try await eventually { load.acknowledged.count > before + 50 }
            }
            #expect(load.statuses == [201, 503])
            #expect(load.codes == ["SERVICE_UNAVAILABLE"])
            let kept = try await job.recruiter.get("/api/v1/applications/\(application)/notes").expect(200).data.items
            #expect(load.acknowledged.isSubset(of: Set(kept.compactMap { $0["text"]?.string })))
            #expect(try await machine.visitor().get("/readyz").json["status"] == "ok")
        }
    }

    @Test func `a server killed while 200 apply loses no acknowledged application and takes none twice`() async throws {
        try await Machine.run { machine in
            let job = try await machine.job()
            let candidates = try await machine.candidates(200)
            let answered = Atomic(0)
            let first = Task {
                try await atOnce(16, of: candidates) { candidate in
                    let answer = try await candidate.attempt(
                        "/api/v1/jobs/\(job.id)/apply",
                        headers: ["Idempotency-Key": "apply-\(candidate.id)"]
                    )
                    if answer != nil { answered.add(1, ordering: .relaxed) }
                    return (candidate.id, answer)
                }
            }
            try await eventually { answered.load(ordering: .relaxed) >= 60 }
            try await machine.killServer()
            let answers = Dictionary(uniqueKeysWithValues: try await first.value)
            #expect(answers.values.contains { $0 == nil }, "The server outlived the load.")
            try await machine.startServer()

            let retried = try await atOnce(16, of: candidates) { candidate in
                (
                    candidate.id,
                    try await candidate.post("/api/v1/jobs/\(job.id)/apply", headers: ["Idempotency-Key": "apply-\(candidate.id)"])
                )
            }
            for (candidate, answer) in retried {
                answer.expect(201)
                guard let acknowledged = answers[candidate] ?? nil else { continue }
                #expect(acknowledged.status == 201)
                #expect(answer.headers["idempotent-replayed"] == "true")
                #expect(answer.id == acknowledged.id)
            }
            #expect(try await machine.count("SELECT count(*) AS count FROM applications") == 200)
            #expect(try await machine.count("SELECT count(DISTINCT candidate_id) AS count FROM applications") == 200)
            #expect(try await machine.count("SELECT count(*) AS count FROM events WHERE name = 'application.submitted'") == 200)
        }
    }

    @Test func `work whose worker was killed in the middle is taken over within 30 s, with its effect once`() async throws {
        try await Machine.run { machine in
            let candidate = try await machine.register("candidate")
            try await machine.idle()
            try await machine.closeGate(beforeEach: "UPDATE", on: "resumes")
            try await machine.closeGate(beforeEach: "INSERT", on: "password_resets")
            let file = try Fixture.document("backend-engineer.pdf")
            let resume = try await candidate.upload("/api/v1/resumes/upload", file: file, name: "resume.pdf").expect(201).id
            try await machine.visitor().post("/api/v1/auth/forgot-password", ["email": .string(candidate.email)]).expect(200)
            try await machine.waiting(atGate: 2)

            try await machine.killServer()
            let late: SQL = "SELECT count(*) AS count FROM work WHERE leased_until > now() + interval '30 seconds'"
            #expect(try await machine.count(late) == 0)
            try await machine.openGate()
            try await machine.startServer()
            try await machine.idle()
            #expect(try await candidate.get("/api/v1/resumes/\(resume)").expect(200).data["status"] == "parsed")
            #expect(try await machine.count("SELECT count(*) AS count FROM events WHERE name = 'resume.parsed'") == 1)
            #expect(try machine.letters() == 1)
            #expect(try await machine.count("SELECT count(*) AS count FROM password_resets WHERE purpose = 'passwordReset'") == 1)
        }
    }

    @Test func `work in the middle of which the server was killed twice is set aside, saying so`() async throws {
        try await Machine.run { machine in
            let candidate = try await machine.register("candidate")
            try await machine.idle()
            try await machine.closeGate(beforeEach: "INSERT", on: "password_resets")
            try await machine.visitor().post("/api/v1/auth/forgot-password", ["email": .string(candidate.email)]).expect(200)
            for attempt in 1...2 {
                try await machine.waiting(atGate: attempt)
                try await machine.killServer()
                try await machine.lapseLeases()
                try await machine.startServer()
            }
            try await eventually {
                try await machine.count("SELECT count(*) AS count FROM work WHERE state = 'dead' AND last_error LIKE '%its worker ended%'")
                    == 1
            }
            #expect(try await machine.visitor().reach("/healthz") == 200)
            try await machine.openGate()
        }
    }

    @Test func `a server told to stop answers what it has begun and exits with 0`() async throws {
        try await Machine.run { machine in
            let job = try await machine.job()
            let candidate = try await machine.register("candidate")
            try await machine.closeGate(beforeEach: "INSERT", on: "applications")
            let applying = Task { try await candidate.post("/api/v1/jobs/\(job.id)/apply") }
            try await machine.waiting(atGate: 1)
            try await machine.signalServer(SIGTERM)
            try await eventually { try await machine.visitor().reach("/healthz") == nil }
            try await machine.openGate()
            try await applying.value.expect(201)
            #expect(try await machine.serverEnd() == .exit(0))
        }
    }
}

/// Notes written without pause by several at once, and their outcomes.
private final class NoteLoad: Sendable {
    private struct Record {
        var acknowledged: Set<String> = []
        var statuses: Set<Int> = []
        var codes: Set<String> = []
    }

    private let recruiter: Guest
    private let application: String
    private let record = Mutex(Record())

    init(recruiter: Guest, application: String) {
        self.recruiter = recruiter
        self.application = application
    }

    var acknowledged: Set<String> { record.withLock { $0.acknowledged } }
    var statuses: Set<Int> { record.withLock { $0.statuses } }
    var codes: Set<String> { record.withLock { $0.codes } }

    func run(_ body: () async throws -> Void) async throws {
        let writers = (0..<6).map { _ in Task { try await self.write() } }
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body()) } catch { outcome = .failure(error) }
        for writer in writers { writer.cancel() }
        for writer in writers { try await writer.value }
        try outcome.get()
    }

    private func write() async throws {
        while !Task.isCancelled {
            let text = UUID().uuidString
            // In a task of its own: a canceled request would have no answer, and the last ones must count too.
            let answer = try await Task { try await recruiter.post("/api/v1/applications/\(application)/notes", ["text": .string(text)]) }
                .value
            record.withLock {
                $0.statuses.insert(answer.status)
                if answer.status == 201 { $0.acknowledged.insert(text) }
                if let code = answer.code { $0.codes.insert(code) }
            }
        }
    }
}
