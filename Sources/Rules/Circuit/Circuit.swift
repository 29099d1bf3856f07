import Kernel
import Postgres

/// When a version that keeps failing is switched off: after so many failures in a row, or too many among its last runs. Only runs since the
/// version last went live count, so that restoring a version gives it another chance.
struct Circuit: Sendable, Equatable {
    static let patience = 20
    static let window = 100
    /// In the window.
    static let mostFaults = 20

    let runs: Int
    let faults: Int
    /// Among the last `patience` runs.
    let latestFaults: Int

    /// Why it must be switched off; nil while it may go on.
    func reason(against version: Int) -> String? {
        if latestFaults >= Self.patience { return "Version \(version) failed \(Self.patience) times in a row." }
        if runs >= Self.window, faults > Self.mostFaults {
            return "Version \(version) failed in \(faults) of its last \(Self.window) runs."
        }
        return nil
    }
}

extension Circuit {
    init(_ row: Row) throws {
        self.init(runs: try row("runs"), faults: try row("faults"), latestFaults: try row("latest_faults"))
    }
}
