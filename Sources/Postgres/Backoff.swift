/// Doubling pauses with full jitter, so that many clients don't come back in step.
struct Backoff {
    private var ceiling: Duration
    private let longest: Duration

    init(first: Duration, longest: Duration) {
        ceiling = first
        self.longest = longest
    }

    mutating func next() -> Duration {
        let pause = ceiling * Double.random(in: 0.5...1)
        ceiling = min(ceiling * 2, longest)
        return pause
    }
}
