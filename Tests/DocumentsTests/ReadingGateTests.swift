import Foundation
import Synchronization
import Testing

@testable import Documents

@Suite struct ReadingGateTests {
    @Test func `no person, tenant or process has more at once than its width`() async throws {
        var width = ReadingGate.Width(processors: 4)
        width.waitingPerPerson = 100
        let gate = ReadingGate(width)
        let owners = (0..<3).flatMap { tenant -> [DocumentOwner] in
            let id = UUID()
            return (0..<4).map { _ in DocumentOwner(tenant: id, person: UUID()) }
        }
        let inside = Inside()
        let tasks = (0..<240).map { round in
            let owner = owners[round % owners.count]
            return Task {
                try await gate.pass(owner) { () async throws(DocumentError) in
                    let now = inside.enter(owner)
                    #expect(now.count <= 4)
                    #expect(now.count { $0.tenant == owner.tenant } <= 2)
                    #expect(now.count { $0 == owner } == 1)
                    for _ in 0..<10 { await Task.yield() }
                    inside.leave(owner)
                }
            }
        }
        for task in tasks { try await task.value }
    }

    private final class Inside: Sendable {
        private let owners = Mutex<[DocumentOwner]>([])

        func enter(_ owner: DocumentOwner) -> [DocumentOwner] {
            owners.withLock { owners in
                owners.append(owner)
                return owners
            }
        }

        func leave(_ owner: DocumentOwner) {
            owners.withLock { owners in owners.removeAll { $0 == owner } }
        }
    }

    @Test func `a long line of one person keeps nobody else waiting`() async throws {
        let gate = ReadingGate(.init(processors: 2))
        let crowd = DocumentOwner(tenant: UUID(), person: UUID())
        let blocker = AsyncStream.makeStream(of: Void.self)
        let entered = AsyncStream.makeStream(of: Void.self)
        let first = Task {
            try await gate.pass(crowd) { () async throws(DocumentError) in
                entered.continuation.yield()
                for await _ in blocker.stream { break }
            }
        }
        for await _ in entered.stream { break }
        let waiting = (0..<8).map { _ in Task { try await gate.pass(crowd) { () async throws(DocumentError) in } } }
        // The ninth in line is refused once there are eight.
        var refused = false
        while !refused {
            let late = Task { try await gate.pass(crowd) { () async throws(DocumentError) in } }
            try await Task.sleep(for: .milliseconds(5))
            late.cancel()
            do { try await late.value } catch { refused = error as? DocumentError == .tooManyWaiting }
        }
        try await gate.pass(.somebody) { () async throws(DocumentError) in }
        blocker.continuation.finish()
        try await first.value
        for task in waiting { try await task.value }
    }

    @Test func `whoever gives up leaves the line`() async throws {
        let gate = ReadingGate(.init(processors: 1))
        let owner = DocumentOwner.somebody
        let blocker = AsyncStream.makeStream(of: Void.self)
        let entered = AsyncStream.makeStream(of: Void.self)
        let first = Task {
            try await gate.pass(owner) { () async throws(DocumentError) in
                entered.continuation.yield()
                for await _ in blocker.stream { break }
            }
        }
        for await _ in entered.stream { break }
        let impatient = Task { try await gate.pass(owner) { () async throws(DocumentError) in } }
        impatient.cancel()
        await #expect(throws: DocumentError.interrupted) { try await impatient.value }
        blocker.continuation.finish()
        try await first.value
        try await gate.pass(owner) { () async throws(DocumentError) in }
    }
}
