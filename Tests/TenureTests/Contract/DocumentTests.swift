import Foundation
import Kernel
import Postgres
import Testing

@testable import Web
@testable import tenure

/// The published document describes what the server does.
@Suite struct DocumentTests {
    @Test func `the routes are those of the document, each once`() async throws {
        let operations = try await TestServer.running.composition.operations
        let names = operations.map(\.name)
        #expect(Set(names).count == names.count)
        let published = try await Person(server: try await TestServer.running, tenant: nil).get("/api/v1/openapi.json")
        guard case .object(let paths)? = published.json["paths"] else { throw Missing("paths") }
        let documented = paths.flatMap { path, methods -> [String] in
            guard case .object(let methods) = methods else { return [] }
            return methods.keys.map { "\($0.uppercased()) \(path)" }
        }
        #expect(Set(documented) == Set(names))
    }

    @Test func `each declared failure is documented under its status`() async throws {
        let operations = try await TestServer.running.composition.operations
        let document = OpenAPIDocument(operations: operations, glossary: Glossary(), server: "").json
        for operation in operations {
            let responses = document["paths"]?[operation.path]?[operation.method.rawValue.lowercased()]?["responses"]
            for failure in operation.failures {
                let examples = responses?[String(failure.kind.status)]?["content"]?["application/json"]?["examples"]
                #expect(examples?[failure.code] != nil, "\(operation.name) does not document \(failure.code)")
            }
            #expect(responses?[String(operation.status)] != nil, "\(operation.name)")
        }
    }

    @Test func `everything in the document has a description`() async throws {
        let composition = try await TestServer.running.composition
        let glossary = composition.capabilities.glossary
        var missing: Set<String> = []
        for operation in composition.operations {
            missing.formUnion(glossary.missing(in: OperationInput(operation).schema))
            missing.formUnion(glossary.missing(in: SchemaRecorder.schema(of: operation.output)))
            if let socket = operation.socket {
                missing.formUnion(glossary.missing(in: SchemaRecorder.schema(of: socket.incoming)))
                missing.formUnion(glossary.missing(in: SchemaRecorder.schema(of: socket.outgoing)))
            }
        }
        for event in try composition.eventDescriptions() { missing.formUnion(glossary.missing(in: event.schema)) }
        for name in missing.sorted() {
            Issue.record(
                """
                Nobody says what \(name) means. Add a line "\(name.drop { $0 != "." }.dropFirst()) | One sentence, with unit and default." to the \
                Glossary.swift of a capability that declares it.
                """
            )
        }
        let document = try await Person(server: try await TestServer.running, tenant: nil).get("/api/v1/openapi.json").json
        expectDescriptions(in: document, at: [])
    }

    @Test func `the examples are accepted as they stand`() async throws {
        let furnished = try await Furnished()
        let tenant = furnished.company.tenant
        let (admin, root) = (try await tenant.admin(), try await Person.systemAdmin())
        let document = try await tenant.visitor().get("/api/v1/openapi.json").json
        let operations = tenant.server.composition.operations.filter { OperationInput($0).takesBody && !$0.takesFile }
        for operation in operations.sorted(by: { ($0.rank, $0.name) < ($1.rank, $1.name) }) {
            let declared = document["paths"]?[operation.path]?[operation.method.rawValue.lowercased()]
            let example = try #require(declared?["requestBody"]?["content"]?["application/json"]?["example"], "\(operation.name)")
            let person =
                switch operation.access {
                case .anyone: tenant.visitor()
                case .systemAdmin: root
                default: operation.isForCandidates ? furnished.candidate : admin
                }
            let ids = furnished.ids(operation.path) ?? [:]
            let path = OperationInput(operation).pathParameters.reduce(Endpoint.prefix + operation.path) { path, name in
                path.replacing("{\(name)}", with: ids[name] ?? "")
            }
            let body = Data(furnished.named(in: example).canonicalBytes)
            let answer = try await person.send(operation.method.rawValue, path, raw: body, type: "application/json")
            // A code that was mailed to somebody, and a password, can't be known.
            let isSecret = answer.json["error"]?["details"]?.members.keys.allSatisfy {
                ["token", "password", "currentPassword"].contains($0)
            }
            if answer.status == 400, isSecret != true, !OperationInput(operation).body.contains(where: { $0.name == "token" }) {
                Issue.record("\(operation.name) refuses its example: \(answer.json["error"]?.text ?? "") It is \(example.text)")
            }
        }
    }

    @Test func `a change that names nothing changes nothing`() async throws {
        let furnished = try await Furnished()
        let tenant = furnished.company.tenant
        let (admin, root) = (try await tenant.admin(), try await Person.systemAdmin())
        func events() async throws -> Int {
            let rows = try await tenant.server.inspector.query(
                "SELECT count(*)::int AS n FROM events WHERE tenant_id = \(tenant.id) AND name NOT LIKE 'rule.%'"
            )
            return try rows.first?("n") ?? 0
        }
        for operation in tenant.server.composition.operations where operation.method == .patch {
            // The notification and the note are the member's own.
            let isOwn = operation.path.hasPrefix("/notifications") || operation.path.hasPrefix("/notes")
            let person =
                operation.access == .systemAdmin
                ? root : isOwn ? furnished.company.admin : operation.isForCandidates ? furnished.candidate : admin
            let ids = furnished.ids(operation.path) ?? [:]
            let path = OperationInput(operation).pathParameters.reduce(Endpoint.prefix + operation.path) { path, name in
                path.replacing("{\(name)}", with: ids[name] ?? "")
            }
            if OperationInput(operation).body.contains(where: \.isRequired) { continue }
            let before = try await events()
            let first = try await person.send("PATCH", path, raw: Data("{}".utf8), type: "application/json")
            let second = try await person.send("PATCH", path, raw: Data("{}".utf8), type: "application/json")
            // What has no body marks something; done twice it is done once.
            let isMark = !OperationInput(operation).takesBody
            #expect(first.status == second.status && [200, 204].contains(first.status), "\(operation.name): \(first.json.text)")
            #expect(first.json["data"] == second.json["data"], "\(operation.name)")
            if !isMark { #expect(try await events() == before, "\(operation.name)") }
        }
    }

    @Test func `no field of a form is null`() async throws {
        let document = try await Person(server: try await TestServer.running, tenant: nil).get("/api/v1/openapi.json").json
        for operation in try await TestServer.running.composition.operations where operation.takesFile {
            let declared = document["paths"]?[operation.path]?[operation.method.rawValue.lowercased()]?["requestBody"]
            let schema = try #require(declared?["content"]?["multipart/form-data"]?["schema"], "\(operation.name)")
            #expect(!schema.text.contains(#""null""#), "\(operation.name): \(schema.text)")
        }
    }

    /// Looks at the published text itself, which also has parts that come from no type.
    private func expectDescriptions(in json: JSON, at path: [String]) {
        switch json {
        case .object(let members):
            if members["operationId"] != nil || members["in"]?.string != nil {
                #expect(members["description"] != nil, "\(path)")
            }
            if case .object(let properties)? = members["properties"], members["type"] != nil {
                for (name, property) in properties { #expect(property["description"] != nil, "\(path) \(name)") }
            }
            if case .array(let values)? = members["enum"] {
                for value in values where value != .null {
                    if case .string(let value) = value { #expect(members["x-enum-descriptions"]?[value] != nil, "\(path) \(value)") }
                }
            }
            for (name, member) in members where !["example", "examples", "sample"].contains(name) {
                expectDescriptions(in: member, at: path + [name])
            }
        case .array(let elements):
            for element in elements { expectDescriptions(in: element, at: path) }
        default: break
        }
    }

    @Test func `an operation declares only failures that a caller can act on`() async throws {
        for operation in try await TestServer.running.composition.operations {
            // Only where anyone may call can 401 be an operation's own answer: a wrong password, a spent token.
            let underivable: [Failure.Kind] = operation.access == .anyone ? [.internal] : [.internal, .unauthorized]
            #expect(!operation.failures.contains { underivable.contains($0.kind) }, "\(operation.name)")
            #expect(!operation.summary.isEmpty && !operation.summary.hasSuffix("."), "\(operation.name)")
            let parameters = OperationInput(operation)
            #expect(Set(parameters.pathParameters) == Set(parameters.path.map(\.name)), "\(operation.name)")
        }
    }

    private struct Missing: Error {
        let what: String
        init(_ what: String) { self.what = what }
    }
}

extension APIOperation {
    fileprivate var isForCandidates: Bool { [.candidate, .signedIn, .inPerson].contains(access) }

    /// Whatever takes something away from others comes late: a member's role, a company, a session, an account.
    fileprivate var rank: Int {
        let isEnd = method == .delete || path.hasPrefix("/auth/logout") || path.hasSuffix("/reject")
        return isEnd ? 2 : method == .post ? 0 : 1
    }
}
