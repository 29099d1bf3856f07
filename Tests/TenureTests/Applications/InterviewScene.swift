import Foundation
import Kernel
import Postgres
import Testing

/// An application at the interview stage, with the mail of everybody around it.
struct InterviewScene: Sendable {
    let company: TestCompany
    let recruiter: Person
    let candidate: Person
    let application: String

    var tenant: TestTenant { company.tenant }

    init(_ company: TestCompany? = nil) async throws {
        self.company = if let company { company } else { try await TestTenant().company() }
        recruiter = try await self.company.recruiter()
        (application, candidate) = try await self.company.job().application(at: "interview")
    }

    /// Days from now, at nine o'clock UTC.
    static func day(_ days: Int) -> String {
        let midnight = (Date().timeIntervalSince1970 / 86_400).rounded(.down) * 86_400
        return Timestamp.text(Date(timeIntervalSince1970: midnight + Double(days) * 86_400 + 9 * 3600))
    }

    func schedule(_ interviewers: [Person] = [], _ fields: [String: JSON] = [:], by person: Person? = nil) async throws -> Answer {
        var body: [String: JSON] = ["kind": "technical", "startsAt": .string(Self.day(5)), "durationMinutes": 60]
        body["interviewers"] = .array(interviewers.map { .string($0.id) })
        body.merge(fields) { $1 }
        return try await (person ?? recruiter).post("/applications/\(application)/interviews", .object(body))
    }

    func change(_ interview: Answer, _ fields: JSON) async throws -> Answer {
        try await recruiter.patch("/interviews/\(interview.id)", fields)
    }

    /// The mails about an interview, once there are this many.
    func mails(to person: Person, about interview: Answer, count: Int = 1) async throws -> [Letterbox.Mail] {
        var found: [Letterbox.Mail] = []
        try await eventually {
            found = try await sent(to: person, about: interview)
            return found.count >= count
        }
        try #require(found.count == count)
        return found
    }

    func sent(to person: Person, about interview: Answer) async throws -> [Letterbox.Mail] {
        try await tenant.server.letterbox.all(to: person.email).filter { $0.text.contains("Message-ID: <interview-\(interview.id)") }
    }

    /// Waits until no mail about this tenant's interviews is due any more.
    func settle() async throws {
        try await eventually {
            try await tenant.count(
                """
                SELECT count(*)
                FROM work
                WHERE tenant_id = \(tenant.id) AND run_at <= now()
                    AND name IN ('applications.sendInvitation', 'applications.sendInterviewLetter', 'applications.tellPeople')
                """
            ) == 0
        }
    }

    /// Behind the server's back, the interview begins this many seconds from now.
    func begin(_ interview: Answer, in seconds: Int) async throws {
        try await tenant.execute(
            "UPDATE interviews SET starts_at = now() + make_interval(secs => \(seconds)) WHERE tenant_id = \(tenant.id) AND id = \(interview.id)::uuid"
        )
    }
}

extension Letterbox.Mail {
    /// The lines of the calendar entry that begin with a name.
    func lines(_ name: String) -> [String] {
        calendar.split(separator: "\n").filter { $0.hasPrefix(name) }.map(String.init)
    }

    var method: String { lines("METHOD:").first.map { String($0.dropFirst(7)) } ?? "" }
}
