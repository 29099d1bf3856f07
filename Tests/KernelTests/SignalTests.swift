import Kernel
import Testing

@Suite struct SignalTests {
    @Test func `a ring with nobody waiting is kept for the next, once`() async {
        let signal = Signal()
        signal.ring()
        signal.ring()
        #expect(await signal.wait(atMost: .seconds(10)))
        #expect(await !signal.wait(atMost: .milliseconds(20)))
    }

    @Test func `a ring wakes everybody who waits`() async {
        let signal = Signal()
        let woken = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 { group.addTask { await signal.wait(atMost: .seconds(20)) } }
            // Keeps ringing until all have woken: some may not have been waiting at the first ring.
            let ringer = Task {
                while !Task.isCancelled {
                    signal.ring()
                    await Task.yield()
                }
            }
            var woken = 0
            for await isWoken in group where isWoken { woken += 1 }
            ringer.cancel()
            return woken
        }
        #expect(woken == 8)
    }

    @Test func `a canceled wait ends at once`() async {
        let signal = Signal()
        let start = ContinuousClock.now
        let waiting = Task { await signal.wait(atMost: .seconds(60)) }
        waiting.cancel()
        #expect(await !waiting.value)
        #expect(ContinuousClock.now - start < .seconds(30))
    }
}
