import Foundation
import Kernel
import Testing

@testable import tenure

/// Events and proposals as the catalog shows them.
@Suite struct EventTests {
    @Test func `every name is used once and says what happened`() async throws {
        let capabilities = try await TestServer.running.composition.capabilities.all.map { type(of: $0) as any Capability.Type }
        let events = capabilities.flatMap { $0.events.map { $0.name } }
        let proposals = capabilities.flatMap { $0.proposals.map { $0.name } }
        #expect(Set(events + proposals).count == events.count + proposals.count)
        for name in events + proposals { #expect(name.wholeMatch(of: /[a-z_]+\.[a-z_]+/) != nil, "\(name)") }
        for name in proposals { #expect(name.hasSuffix("ing"), "\(name)") }
        for name in events { #expect(!name.hasSuffix("ing"), "\(name)") }
        #expect(events.count > 20)
    }

    @Test func `every sample survives encoding and matches its schema`() async throws {
        for capability in try await TestServer.running.composition.capabilities.all {
            for event in type(of: capability).events { try Self.check(event) }
            for proposal in type(of: capability).proposals { try Self.check(proposal) }
        }
    }

    private static func check<E: Event>(_ type: E.Type) throws { try check(E.sample, E.name) }

    private static func check<P: Proposal>(_ type: P.Type) throws {
        let schema = try check(P.sample, P.name)
        for field in P.amendable { #expect(schema.properties.contains { $0.name == field }, "\(P.name) has no \(field)") }
    }

    @discardableResult
    private static func check<Payload: Codable>(_ sample: Payload, _ name: String) throws -> Schema {
        let json = try JSON(encoding: sample)
        let back = try Wire.decode(Payload.self, from: Wire.encode(sample))
        #expect(try JSON(encoding: back) == json, "\(name)")
        // What rules amend comes back through the strict decoder.
        #expect(try JSON(encoding: InputSource(body: json).decode(Payload.self)) == json, "\(name)")
        let schema = SchemaRecorder.schema(of: Payload.self)
        #expect(schema.problems(with: json) == [], "\(name)")
        return schema
    }
}
