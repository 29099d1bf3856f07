import Foundation
import Kernel
import Testing

@testable import tenure

/// Who may do what: the same table in the code, in the repository and at the API.
@Suite struct AccessTests {
    @Test func `the permissions are those of the committed table`() async throws {
        let table = Self.table(try await TestServer.running.composition.operations)
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("permissions.txt")
        if ProcessInfo.processInfo.environment["TENURE_WRITE_CONTRACTS"] == "1" {
            try Data(table.utf8).write(to: file)
        }
        let committed = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        #expect(table == committed, "Read the difference, then write the file with TENURE_WRITE_CONTRACTS=1. It is now:\n\(table)")
    }

    private static func table(_ operations: [APIOperation]) -> String {
        let permissions = Permission.allCases.map { permission in
            line(permission.rawValue, Role.allCases.filter { $0.permissions.contains(permission) }.map(\.rawValue))
        }
        let calls = operations.map { operation in
            let roles = Role.allCases.filter { operation.admits(Callers.holding($0)) }.map(\.rawValue)
            return line(operation.name, (operation.admits(Callers.anonymous) ? ["anonymous"] : []) + roles)
        }
        let keys = operations.map { operation in
            switch operation.keys {
            case .inPerson: line(operation.name, ["in person"])
            case .scope(let scope): line(operation.name, [scope.rawValue])
            }
        }
        let sections = [
            ("Permission: roles that have it", permissions), ("Operation: who is admitted", calls),
            ("Operation: with an API key of this scope, or only in person", keys),
        ]
        return sections.map { ([$0] + $1.sorted() + [""]).joined(separator: "\n") }.joined(separator: "\n")
    }

    private static func line(_ name: String, _ roles: [String]) -> String {
        name + String(repeating: " ", count: max(1, 56 - name.count)) + (roles.isEmpty ? "nobody" : roles.joined(separator: " "))
    }

    @Test func `nobody is admitted anonymously except where anyone may call`() async throws {
        let server = try await TestServer.running
        let visitor = Person(server: server, tenant: nil)
        for operation in server.composition.operations where operation.access != .anyone {
            let answer = try await visitor.call(operation, ids: [:])
            #expect(answer.status == 401, "\(operation.name)")
        }
    }

    @Test func `a key can do what its scope names, and nothing that is done in person`() async throws {
        let tenant = try await TestTenant()
        let admin = try await tenant.admin()
        let operations = tenant.server.composition.operations
        let full = try await admin.key(KeyScope.allCases)
        for operation in operations {
            guard case .scope(let scope) = operation.keys else {
                if operation.access == .anyone { continue }
                let answer = try await full.call(operation, ids: [:])
                #expect(answer.status == 403, "\(operation.name)")
                continue
            }
            // Keys can't do what anyone or a candidate does, and a read scope never allows writing.
            #expect(operation.access != .anyone && operation.access != .candidate, "\(operation.name)")
            #expect((operation.method == .get) == scope.rawValue.hasSuffix(":read"), "\(operation.name)")
            let caller = Callers.holding(.tenantAdmin).limited(to: ProgramKey(id: UUID(), scopes: [scope]))
            #expect(operation.admits(caller), "\(operation.name)")
            let others = Set(KeyScope.allCases).subtracting(scope.including)
            #expect(
                !operation.admits(Callers.holding(.tenantAdmin).limited(to: ProgramKey(id: UUID(), scopes: others))),
                "\(operation.name)"
            )
        }
        for done in [
            "PATCH /admin/users/{id}", "POST /admin/tenants", "PATCH /users/me", "POST /companies/{id}/users", "POST /auth/logout",
        ] {
            #expect(operations.contains { $0.name == done && $0.keys == .inPerson }, "\(done)")
        }
    }

    @Test func `whoever is not admitted is refused before anything is looked at`() async throws {
        let tenant = try await TestTenant()
        let company = try await tenant.company()
        let people: [(Role, Person)] = [
            (.candidate, try await tenant.candidate()), (.employer, try await tenant.employer()),
            (.recruiter, try await company.recruiter()), (.hiringManager, try await company.member("hiringManager")),
            (.companyAdmin, company.admin), (.tenantAdmin, try await tenant.admin()), (.systemAdmin, try await Person.systemAdmin()),
        ]
        var refused = 0
        for operation in tenant.server.composition.operations {
            for (role, person) in people where !operation.admits(Callers.holding(role)) {
                let answer = try await person.call(operation, ids: [:])
                #expect(answer.status == 403 && answer.code == "FORBIDDEN", "\(operation.name) by \(role)")
                refused += 1
            }
        }
        #expect(refused > 100)
    }
}

extension KeyScope {
    /// The scopes that allow what this one does.
    var including: Set<KeyScope> {
        Set([self, KeyScope(rawValue: rawValue.replacing(":read", with: ":write"))].compactMap(\.self))
    }
}
