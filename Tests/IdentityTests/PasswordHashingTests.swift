import Foundation
import Testing

@testable import Identity

struct PasswordHashingTests {
    @Test func `the right password verifies, any other does not`() async throws {
        let hashing = try PasswordHashing()
        let encoded = try await hashing.hash("correct horse")
        #expect(encoded.hasPrefix("$argon2id$v=19$m=19456,t=2,p=1$"))
        #expect(try await hashing.verify("correct horse", against: encoded))
        for wrong in ["correct hors", "correct horse ", "Correct horse", "", "correct horse\u{0}"] {
            #expect(try await !hashing.verify(wrong, against: encoded))
        }
        #expect(try await hashing.hash("correct horse") != encoded)
    }

    @Test func `a hash made by another program verifies`() async throws {
        // From argon2's own test suite: argon2id, version 19, password "password", salt "somesalt".
        let foreign = "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"
        let hashing = try PasswordHashing()
        #expect(try await hashing.verify("password", against: foreign))
        #expect(hashing.isOutdated(foreign))
        #expect(try await !hashing.isOutdated(hashing.hash("password")))
    }

    @Test func `an umlaut is the same however the keyboard composes it`() async throws {
        let hashing = try PasswordHashing()
        let encoded = try await hashing.hash("K\u{00E4}se")
        #expect(try await hashing.verify("Ka\u{0308}se", against: encoded))
    }

    @Test(arguments: ["", "plain", "$argon2id$v=19$m=19456,t=2,p=1$!!$!!", "$2b$12$abcdefghijklmnopqrstuv"])
    func `a damaged hash is an error, not a wrong password`(_ encoded: String) async throws {
        let hashing = try PasswordHashing()
        await #expect(throws: PasswordHashing.Failed.self) { try await hashing.verify("password", against: encoded) }
    }

    @Test func `an unknown account costs as much as a wrong password`() async throws {
        let hashing = try PasswordHashing(threads: 1)
        let encoded = try await hashing.hash("password")
        let clock = ContinuousClock()
        var known: [Duration] = []
        var unknown: [Duration] = []
        for _ in 0..<9 {
            known.append(try await clock.measure { _ = try await hashing.verify("wrong", against: encoded) })
            unknown.append(try await clock.measure { _ = try await hashing.verifyAgainstNobody("wrong") })
        }
        #expect(try await !hashing.verifyAgainstNobody("password"))
        let ratio = unknown.sorted()[4] / known.sorted()[4]
        #expect((0.5...2).contains(ratio))
    }

    @Test func `a full queue refuses at once, and serves again when it has drained`() async throws {
        let hashing = try PasswordHashing(threads: 1, waitingEach: 4)
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<40 {
                group.addTask {
                    do {
                        _ = try await hashing.hash("password")
                        return true
                    } catch {
                        #expect(error is PasswordHashing.Overloaded)
                        return false
                    }
                }
            }
            return await group.reduce(into: [true: 0, false: 0]) { $0[$1, default: 0] += 1 }
        }
        #expect(outcomes[true, default: 0] >= 5)
        #expect(outcomes[false, default: 0] >= 1)
        _ = try await hashing.hash("password")
    }

    @Test func `hashing does not stand in the way of other tasks`() async throws {
        let hashing = try PasswordHashing(threads: 2, waitingEach: 50)
        let finished = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<40 {
                group.addTask {
                    _ = try await hashing.hash("password")
                    return "hash"
                }
            }
            group.addTask {
                for _ in 0..<100 { await Task.yield() }
                return "other"
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        // The other task came last and needs none of the hashing threads.
        #expect(finished.firstIndex(of: "other").map { $0 < 20 } == true)
    }
}
