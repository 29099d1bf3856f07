package import Kernel

/// Everything that rules can react to: events, proposals, and times.
struct HookCatalogue: Sendable {
    let events: [String: HookPoint]
    let proposals: [String: HookPoint]
    /// The proposals that can be rebuilt from an event.
    let origins: [String: ProposalOrigin]
    /// The kinds of subject that have statuses, by the names of the events that set them.
    let statusEvents: [String: String]
    /// The kinds of subjects of proposals.
    let subjectKinds: JSON
    /// The payload types of both.
    let payloads: [String: any (Codable & Sendable).Type]

    /// Before anything is known.
    static let nothing = HookCatalogue()

    private init() {
        events = [:]
        proposals = [:]
        origins = [:]
        statusEvents = [:]
        subjectKinds = [:]
        payloads = [:]
    }

    init(events: [any Event.Type], proposals: [any Proposal.Type]) throws {
        self.events = try Dictionary(events.map { try Self.point($0) }.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        self.proposals = try Dictionary(proposals.map { try Self.point($0) }.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        origins = proposals.reduce(into: [:]) { origins, proposal in
            if let replayable = proposal as? any ReplayableProposal.Type { origins[proposal.name] = ProposalOrigin(replayable) }
        }
        statusEvents = events.reduce(into: [:]) { kinds, event in
            if event is any StatusEvent.Type { kinds[event.name] = event.sample.subject.kind }
        }
        subjectKinds = .object(
            Dictionary(proposals.map { ($0.name, .string($0.sample.subject.kind)) }, uniquingKeysWith: { first, _ in first })
        )
        let payloads: [(String, any (Codable & Sendable).Type)] = events.map { ($0.name, $0) } + proposals.map { ($0.name, $0) }
        self.payloads = Dictionary(payloads, uniquingKeysWith: { first, _ in first })
    }

    private static func point<E: Event>(_ event: E.Type) throws -> HookPoint {
        HookPoint(
            name: E.name,
            summary: E.summary,
            schema: SchemaRecorder.schema(of: event).json,
            sample: try JSON(encoding: E.sample),
            amendable: nil
        )
    }

    private static func point<P: Proposal>(_ proposal: P.Type) throws -> HookPoint {
        HookPoint(
            name: P.name,
            summary: P.summary,
            schema: SchemaRecorder.schema(of: proposal).json,
            sample: try JSON(encoding: P.sample),
            amendable: P.amendable
        )
    }

    /// The kind of handler that a name is for.
    func hook(for name: String) -> RunnerHook? {
        if proposals[name] != nil { return .before }
        if events[name] != nil { return .on }
        return ScheduleName(name) == nil ? nil : .every
    }

    /// What is wrong with a handler for this name, if anything.
    func problem(_ hook: RunnerHook, _ name: String) -> String? {
        switch hook {
        case .every: ScheduleName(name) == nil ? Self.noInterval(name) : nil
        case .on:
            events[name] != nil
                ? nil
                : proposals[name] == nil
                    ? Self.absence("event", name, among: events) : "\"\(name)\" is a proposal: wait for it with before."
        case .before:
            proposals[name] != nil
                ? nil
                : events[name] == nil
                    ? Self.absence("proposal", name, among: proposals) : "\"\(name)\" has happened already: wait for it with on."
        }
    }

    private static func noInterval(_ name: String) -> String {
        """
        "\(name)" is not a schedule: write a number and a letter, such as "15m", "6h", "1d" or "1w", up to a year; days and weeks may \
        be followed by "at 07:30", and "on weekdays" or "on monday".
        """
    }

    private static func absence(_ kind: String, _ name: String, among points: [String: HookPoint]) -> String {
        "There is no \(kind) \"\(name)\"." + (points.keys.nearest(to: name).map { " Did you mean \"\($0)\"?" } ?? "")
    }
}

/// A point where rules can run.
package struct HookPoint: Codable, Sendable {
    package let name: String
    package let summary: String
    /// JSON Schema of the handler's argument.
    package let schema: JSON
    package let sample: JSON
    /// The fields that a `before` handler may change; null for an event.
    package let amendable: [String]?
}

extension ScriptHandler {
    init(_ handler: RunnerLoad.Handler) {
        let schedule = handler.hook == .every ? ScheduleName(handler.name) : nil
        self.init(hook: handler.hook, name: handler.name, seconds: schedule?.seconds, at: schedule?.at, days: schedule?.days)
    }
}

/// What `every` handlers wait for, as the runner writes it (rules.c): "15m", "6h", "1w", "1d at 07:30 on weekdays".
struct ScheduleName {
    private static let longest = 366 * 86400
    private static let weekdays: [Substring: [Int]] = [
        "weekdays": [1, 2, 3, 4, 5], "monday": [1], "tuesday": [2], "wednesday": [3], "thursday": [4], "friday": [5], "saturday": [6],
        "sunday": [7],
    ]

    let seconds: Int
    /// In the tenant's time zone.
    let at: String?
    /// ISO weekdays; nil for all.
    let days: [Int]?

    init?(_ name: String) {
        let units: [Substring: Int] = ["m": 60, "h": 3600, "d": 86400, "w": 604_800]
        let pattern = /([1-9][0-9]{0,3})([mhdw])(?: at ((?:[01][0-9]|2[0-3]):[0-5][0-9])(?: on ([a-z]+))?)?/
        guard let parts = name.wholeMatch(of: pattern), let count = Int(parts.1), let unit = units[parts.2] else { return nil }
        days = parts.4.flatMap { Self.weekdays[$0] }
        guard unit * count <= Self.longest, parts.3 == nil || unit >= 86400, (parts.4 == nil) == (days == nil) else { return nil }
        seconds = unit * count
        at = parts.3.map(String.init)
    }
}
