package import Kernel

/// The result of a run. There are effects only if it completed: they are applied together or not at all.
package struct RunnerResult: Sendable {
    package enum Outcome: Sendable, Hashable {
        /// With the members of the event that a `before` handler set.
        case completed(amendments: [String: JSON])
        case rejected(reason: String, code: String?)
        case failed(RunnerFault)
        /// The process did not survive it.
        case killed(RunnerEnd)
    }

    package let outcome: Outcome
    package var effects: [RunnerEffect] = []
    package var log: [String] = []
    package var reads: [Exchange] = []
    /// Dotted paths of the event's fields that were read, `application.scorecards[].rating`; at most 256.
    package var readFields: [String] = []
    /// Where each of them was read first.
    package var readPlaces: [String: RunnerPlace] = [:]
    /// Counted in steps of a hundred.
    package var instructions = 0
    /// Bytes used by the Lua state.
    package var memoryPeak = 0
    package var duration = Duration.zero

    /// What it uses of its tenant's share. A run that was killed couldn't report that, and counts as its whole time.
    package var fuel: Int {
        guard case .killed = outcome else { return instructions }
        // A quarter of a second of Lua.
        return 20_000_000
    }

    /// A question and its answer, which allow a run to be executed again.
    package struct Exchange: Sendable, Hashable {
        package let read: RunnerRead
        package let answer: RunnerAnswer
    }
}

/// An operation that a rule asks for.
package struct RunnerEffect: Sendable, Hashable {
    package struct Target: Sendable, Hashable {
        package let entity: String
        package let id: String
        /// What people call it, if that is known.
        package var label: String?
    }

    /// `application:move`, `notify`, `store.set`.
    package let operation: String
    package var target: Target?
    package let arguments: [String: JSON]
}

/// Why a script did not load or a run did not complete, and where.
package struct RunnerFault: Error, Sendable, Hashable {
    package enum Kind: String, Sendable {
        case instructions, memory, output, effects, reads, runtime
        /// The script has a syntax error, or its top level failed.
        case load
        /// The event is larger than a run may take.
        case input
    }

    package let kind: Kind
    package let message: String
    /// The script or library.
    package var script: String?
    package var line: Int?
}

/// A line of a script or library; 0 if Lua doesn't know it.
package struct RunnerPlace: Sendable, Hashable {
    package let script: String
    package let line: Int
}

/// What a program declares when it is loaded.
package struct RunnerLoad: Sendable {
    package struct Handler: Sendable, Hashable {
        package let hook: RunnerHook
        package let name: String
        package let place: RunnerPlace
    }

    /// What a failing `before` handler means for the change.
    package enum OnError: String, Sendable, Codable, CaseIterable {
        case block, allow
    }

    package struct Script: Sendable {
        package let handlers: [Handler]
        package let onError: OnError
        package let fault: RunnerFault?
    }

    package let scripts: [String: Script]
    /// Libraries that do not compile.
    package let modules: [String: RunnerFault]
}
