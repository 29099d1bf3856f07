import Foundation
import Kernel
import Testing

@Suite struct IdentifierTests {
    @Test func `later ids sort after earlier ones`() async throws {
        var earlier = Identifier<User>()
        for _ in 0..<20 {
            let start = ContinuousClock.now
            while ContinuousClock.now - start < .milliseconds(1) { await Task.yield() }
            let later = Identifier<User>()
            #expect(later.description > earlier.description)
            earlier = later
        }
    }

    @Test func `ids made together are different, of version 7 and of this moment`() throws {
        let ids = (0..<10_000).map { _ in Identifier<User>() }
        #expect(Set(ids).count == ids.count)
        for id in ids.prefix(100) {
            #expect(id.uuid.uuid.6 >> 4 == 7)
            #expect(id.uuid.uuid.8 >> 6 == 0b10)
            let milliseconds = try #require(Int(id.description.replacing("-", with: "").prefix(12), radix: 16))
            #expect(abs(Double(milliseconds) / 1000 - Date().timeIntervalSince1970) < 60)
        }
    }

    @Test func `an id is written in lower case and read in any`() throws {
        let id = Identifier<User>()
        #expect(id.description == id.description.lowercased())
        #expect(Identifier<User>(id.description.uppercased()) == id)
        #expect(Identifier<User>("nobody") == nil)
        #expect(try Wire.decode([Identifier<User>].self, from: Wire.encode([id])) == [id])
    }
}
