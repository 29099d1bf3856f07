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
        return ScriptHandler.seconds(of: name) == nil ? nil : .every
    }

    /// What is wrong with a handler for this name, if anything.
    func problem(_ hook: RunnerHook, _ name: String) -> String? {
        switch hook {
        case .every: ScriptHandler.seconds(of: name) == nil ? Self.noInterval(name) : nil
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
        "\"\(name)\" is not an interval: write a number and a letter, such as \"15m\", \"6h\", \"1d\" or \"1w\", up to a year."
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
        self.init(hook: handler.hook, name: handler.name, seconds: handler.hook == .every ? Self.seconds(of: handler.name) : nil)
    }

    private static let longest = 366 * 86400

    /// The seconds of an interval such as "15m", "6h", "1d" or "1w", as the runner reads it (rules.c), up to a year.
    static func seconds(of interval: String) -> Int? {
        let units: [Character: Int] = ["m": 60, "h": 3600, "d": 86400, "w": 604_800]
        guard let parts = interval.wholeMatch(of: /([1-9][0-9]{0,3})([mhdw])/), let count = Int(parts.1), let unit = parts.2.first,
            let seconds = units[unit].map({ $0 * count }), seconds <= longest
        else { return nil }
        return seconds
    }
}
