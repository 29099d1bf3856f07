import Foundation
import Identity
import Kernel
import Logging
import Testing
import Web

@testable import tenure

/// An answer's number of statements doesn't grow with its number of rows.
@Suite struct StatementTests {
    @Test func `no list, export or change of many runs more statements for more rows`() async throws {
        let furnished = try await Furnished()
        let company = furnished.company
        let composition = try await Composition(company.tenant.server.settings, metrics: MetricsRegistry(), logger: Self.silence)
        defer { Task { await composition.close() } }
        let people = [
            try await caller(try await company.tenant.admin(), composition), try await caller(furnished.candidate, composition),
        ]
        let few = try await counts(furnished, people, composition)
        try await add(to: furnished)
        let many = try await counts(furnished, people, composition)
        #expect(few.count > 40)
        for (name, count) in few {
            #expect(many[name] == count, "\(name) takes \(many[name] ?? 0) statements with more rows, \(count) before")
        }
    }

    @Test func `many applications move in one transaction`() async throws {
        let company = try await TestTenant().company()
        let composition = try await Composition(company.tenant.server.settings, metrics: MetricsRegistry(), logger: Self.silence)
        defer { Task { await composition.close() } }
        let job = try await company.job()
        var ids: [String] = []
        for _ in 0..<6 { ids.append(try await job.application().id) }
        let admin = try await caller(company.admin, composition)
        let operation = try #require(composition.operations.first { $0.name == "POST /applications/bulk-status" })
        func move(_ ids: [String], to status: String) async throws -> Int {
            let before = composition.statements
            let body: JSON = ["ids": JSON(names: ids), "status": .string(status)]
            _ = try await operation.perform(InputSource(body: body), by: admin)
            return composition.statements - before
        }
        _ = try await move([ids[0]], to: "screening")
        let one = try await move([ids[1]], to: "screening")
        let four = try await move(Array(ids[2...]), to: "screening")
        // One more event each, which is sent along with the others.
        #expect(four == one + 3)
        #expect(one < 15)
    }

    private static let silence = Logger(label: "statements") { _ in SwiftLogNoOpLogHandler() }

    private func caller(_ person: Person, _ composition: Composition) async throws -> Caller {
        try await composition.identity.authenticator.authenticate(bearer: person.token, tenantCode: nil, host: nil, origin: .inside)
    }

    /// The statements of every read-only operation, asked twice: by the second time caches are filled.
    private func counts(_ furnished: Furnished, _ people: [Caller], _ composition: Composition) async throws -> [String: Int] {
        var counts: [String: Int] = [:]
        for operation in composition.operations where operation.method == .get && operation.output != FileDownload.self {
            guard let person = people.first(where: operation.admits) else { continue }
            let source = InputSource(texts: operation.path.contains("{") ? furnished.ids(operation.path) ?? [:] : [:])
            let texts = source.texts.filter { operation.path.contains("{\($0.key)}") }
            do throws(Failure) { _ = try await operation.perform(InputSource(texts: texts), by: person) } catch { continue }
            let before = composition.statements
            do throws(Failure) { _ = try await operation.perform(InputSource(texts: texts), by: person) } catch { continue }
            counts[operation.name] = composition.statements - before
        }
        return counts
    }

    /// Adds three more of everything that is listed.
    private func add(to furnished: Furnished) async throws {
        let company = furnished.company
        for number in 0..<3 {
            let job = try await company.job(["title": .string("Another \(number)")])
            let application = try await furnished.candidate.post("/jobs/\(job.id)/apply").expect(201).id
            let interview: JSON = ["kind": "phone", "startsAt": "2099-01-05T09:00:00Z", "durationMinutes": 30]
            try await company.admin.post("/applications/\(application)/interviews", interview).expect(201)
            let offer: JSON = ["baseSalary": ["amount": 1, "currency": "EUR"], "expiresAt": "2099-02-01T00:00:00Z"]
            try await company.admin.post("/applications/\(application)/offers", offer).expect(201)
            try await company.admin.post("/applications/\(application)/notes", ["text": "Another."]).expect(201)
            try await company.admin.post("/notifications", ["user": .string(company.admin.id), "text": "Another."]).expect(201)
            _ = try await company.job(["title": .string("More \(number)")]).application()
            _ = try await company.member("recruiter")
            _ = try await furnished.candidate.signInAgain()
        }
    }
}
