import Kernel
import Testing

@Suite struct KeyedMutexTests {
    @Test func `only one task is inside for a key, and keys don't wait for one another`() async {
        let mutex = KeyedMutex<String>()
        let counter = Counter()
        await mutex.lock("other")
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<200 {
                group.addTask {
                    await mutex.lock("key")
                    let entered = await counter.enter()
                    #expect(entered == 1)
                    await Task.yield()
                    await counter.leave()
                    mutex.unlock("key")
                }
            }
        }
        mutex.unlock("other")
    }
}

private actor Counter {
    private var inside = 0

    func enter() -> Int {
        inside += 1
        return inside
    }

    func leave() { inside -= 1 }
}
