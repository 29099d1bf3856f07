import Foundation
import Kernel
import Testing

@testable import tenure

/// Ids of another tenant don't exist: each operation with an id in its path answers 404 to everybody it admits.
@Suite struct OtherTenantTests {
    @Test func `ids of another tenant are not found, whoever asks`() async throws {
        let theirs = try await Furnished()
        let ours = try await TestTenant()
        let company = try await ours.company()
        let people: [(Role, Person)] = [
            (.candidate, try await ours.candidate()), (.companyAdmin, company.admin), (.tenantAdmin, try await ours.admin()),
        ]
        var asked: Set<String> = []
        for operation in ours.server.composition.operations where operation.path.contains("{") {
            let ids = try #require(theirs.ids(operation.path), "Furnished does not know what the id in \(operation.path) is.")
            for (role, person) in people where operation.admits(Callers.holding(role)) {
                let answer = try await person.call(operation, ids: ids)
                #expect(answer.status == 404, "\(operation.name) by \(role): \(answer.json.text)")
                asked.insert(operation.name)
            }
        }
        #expect(asked.count > 30)
    }

    @Test func `the ids are found in their own tenant`() async throws {
        let theirs = try await Furnished()
        let admin = try await theirs.company.tenant.admin()
        for operation in theirs.company.tenant.server.composition.operations where operation.path.contains("{") && operation.method == .get
        {
            let ids = try #require(theirs.ids(operation.path))
            let own = operation.path.hasPrefix("/resumes") || operation.path.hasPrefix("/candidates/me/") ? theirs.candidate : admin
            guard operation.admits(Callers.holding(.tenantAdmin)) || own.id == theirs.candidate.id else { continue }
            let answer = try await own.call(operation, ids: ids)
            #expect(answer.status == 200, "\(operation.name): \(answer.json.text)")
        }
    }
}
