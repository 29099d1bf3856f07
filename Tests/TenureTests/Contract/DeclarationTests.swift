import Foundation
import Kernel
import Postgres
import Testing

@testable import tenure

/// Whatever is declared is registered, once, and used; whatever is named somewhere is declared.
@Suite struct DeclarationTests {
    @Test func `each failure is declared once, has its own code, and is thrown somewhere`() throws {
        var places: [String: Set<String>] = [:]
        var codes: [String: Set<String>] = [:]
        for (file, body) in SourceText.extensions(of: "Failure") {
            for match in body.matches(of: /static (?:let|func) (\w+)/) {
                places[String(match.1), default: []].insert(file.target + "/" + file.name)
            }
            for match in body.matches(of: /code: "(\w+)"/) { codes[String(match.1), default: []].insert(file.target + "/" + file.name) }
        }
        #expect(places.count > 100)
        for (name, files) in places {
            #expect(files.count == 1, "\(name) is declared in \(files.sorted())")
            #expect(SourceText.words[name[...], default: 0] > 1, "\(name) is never used")
        }
        for (code, files) in codes { #expect(files.count == 1, "\(code) is given in \(files.sorted())") }
    }

    @Test func `each event, proposal and work in the source is registered once`() async throws {
        let capabilities = try await TestServer.running.composition.capabilities
        let events = capabilities.events.map { $0.name }
        let proposals = capabilities.proposals.map { $0.name }
        let work = capabilities.work.map(\.name)
        for names in [events, proposals, work] { #expect(Set(names).count == names.count, "\(names)") }
        #expect(Set(SourceText.named(/(?:Status|Script)?Event\b/)) == Set(events))
        #expect(Set(SourceText.named(/(?:Replayable)?Proposal\b/)) == Set(proposals))
        #expect(Set(SourceText.named(/Work\b/)) == Set(work))
    }

    @Test func `each event is appended somewhere and each proposal put before the rules`() async throws {
        for type in try await TestServer.running.composition.capabilities.events {
            #expect(SourceText.words["\(type)"[...], default: 0] > 2, "\(type) never happens")
        }
        for type in try await TestServer.running.composition.capabilities.proposals {
            #expect(SourceText.words["\(type)"[...], default: 0] > 2, "\(type) is never proposed")
        }
    }

    /// In a statement a name is just text, which no compiler checks.
    @Test func `names in statements are declared`() async throws {
        let capabilities = try await TestServer.running.composition.capabilities
        let names = Set(capabilities.events.map { $0.name } + capabilities.proposals.map { $0.name } + capabilities.work.map(\.name))
        let kinds = Set(names.compactMap { $0.split(separator: ".").first.map(String.init) })
        for file in SourceText.files {
            for match in file.text.matches(of: /'([a-z_]+)\.([a-z_]+)'/) where kinds.contains(String(match.1)) {
                #expect(names.contains("\(match.1).\(match.2)"), "\(file.target)/\(file.name) names \(match.0)")
            }
            for match in file.text.matches(of: /ARRAY\[('[A-Za-z]+'(?:, '[A-Za-z]+')*)\]/) where file.text.contains("roles") {
                for role in match.1.split(separator: ",") {
                    let name = role.trimmingCharacters(in: CharacterSet(charactersIn: " '"))
                    #expect(Role(rawValue: name) != nil, "\(file.target)/\(file.name) names the role \(name)")
                }
            }
        }
    }

    @Test func `each constraint that a capability names exists, and is named once`() async throws {
        let server = try await TestServer.running
        let rows = try await server.inspector.query(
            """
            SELECT conname::text AS name FROM pg_constraint
            UNION
            SELECT c.relname::text FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE i.indisunique
            """
        )
        let known = Set(try rows.map { try $0("name") as String })
        let explained = server.composition.capabilities.all.types.flatMap { $0.constraints.keys }
        #expect(Set(explained).count == explained.count, "\(explained.sorted())")
        for name in explained { #expect(known.contains(name), "There is no constraint \(name)") }
        for match in SourceText.all.matches(of: /ON CONFLICT ON CONSTRAINT (\w+)/) {
            #expect(known.contains(String(match.1)), "\(match.1)")
        }
    }

    @Test func `each operation counts against a declared class, and each class is used`() async throws {
        let capabilities = try await TestServer.running.composition.capabilities
        let own = capabilities.all.types.flatMap { $0.limits }
        let shared: [LimitClass] = [.general, .signIn, .unlimited]
        #expect(Set((own + shared).map(\.name)).count == own.count + shared.count)
        let used = Set(capabilities.operations.map(\.limit))
        for limit in used { #expect((own + shared).contains(limit), "\(limit.name) is nobody's") }
        for limit in own { #expect(used.contains(limit), "Nothing counts against \(limit.name)") }
        let declared = SourceText.extensions(of: "LimitClass").flatMap {
            $0.body.matches(of: /static let (\w+) = LimitClass\(/).map { String($0.1) }
        }
        #expect(Set(declared) == Set(own.map(\.name)))
    }

    @Test func `each permission is asked for somewhere, and each scope opens something`() async throws {
        let operations = try await TestServer.running.composition.operations
        let asked = Set(operations.compactMap(\.permission))
        for permission in Permission.allCases where !asked.contains(permission) {
            #expect(SourceText.all.contains(".\(permission)"), "Nobody asks for \(permission.rawValue)")
        }
        let scopes = Set(
            operations.compactMap { operation -> KeyScope? in if case .scope(let scope) = operation.keys { scope } else { nil } }
        )
        for scope in KeyScope.allCases { #expect(scopes.contains(scope), "\(scope.rawValue) opens nothing") }
    }

    @Test func `tables that are counted are there, and no meter counts twice`() async throws {
        let server = try await TestServer.running
        let capabilities = server.composition.capabilities
        let rows = try await server.inspector.query("SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'public'")
        let tables = Set(try rows.map { try $0("name") as String })
        for table in capabilities.countedTables { #expect(tables.contains("\(table)"), "\(table)") }
        #expect(Set(capabilities.meters.map(\.name)).count == capabilities.meters.count)
        #expect(Set(capabilities.personalData.map(\.name)).count == capabilities.personalData.count)
        #expect(!capabilities.meters.isEmpty && !capabilities.personalData.isEmpty)
    }

    /// Code that can name any tenant is past every barrier. Sign-in must, before anybody is known; work and rules are given theirs; mail that
    /// comes in has its tenant in a signed address.
    @Test func `no capability names a tenant`() {
        let allowed: Set<String> = ["Kernel", "Identity", "InboundMail", "Rules", "Worker", "tenure"]
        for file in SourceText.files where !allowed.contains(file.target) {
            #expect(!file.text.contains("SystemActor("), "\(file.target)/\(file.name) makes a SystemActor")
            #expect(!file.text.contains("Caller(tenant"), "\(file.target)/\(file.name) makes a Caller")
        }
    }

    /// Generic targets know only declarations; these nouns are the product's.
    @Test func `generic targets name nothing of recruiting`() {
        let type = /\b(Jobs?|Applicants?|Candidates?|Resumes?|Interviews?|Scorecards?|Offers?)\b/
        let text = /"[^"]*\b(jobs?|applicants?|candidates?|resumes?|interviews?|scorecards?|offers?)\b[^"]*"/
        for file in SourceText.files where ["Wire", "Web", "Worker"].contains(file.target) {
            for line in file.text.split(separator: "\n") {
                let code = line.firstRange(of: "//").map { line[..<$0.lowerBound] } ?? line
                #expect(code.firstMatch(of: type) == nil && code.firstMatch(of: text) == nil, "\(file.target)/\(file.name): \(line)")
            }
        }
    }
}
