import Dispatch

/// Runs blocking disk calls on a few threads of their own: more would not make a disk faster.
struct Disk: Sendable {
    private let lanes = (0..<4).map { DispatchQueue(label: "blobs.\($0)") }

    func run<R: Sendable>(_ work: @escaping @Sendable () throws -> R) async throws -> R {
        let lane = lanes.randomElement() ?? lanes[0]
        return try await withCheckedThrowingContinuation { continuation in
            lane.async { continuation.resume(with: Result(catching: work)) }
        }
    }
}
