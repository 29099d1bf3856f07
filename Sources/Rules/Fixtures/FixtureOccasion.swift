import Foundation
import Kernel

extension Fixture {
    /// A Monday morning.
    static let standardTime = Date(timeIntervalSince1970: 1_767_603_600)
    private static let standardID = Identifier<EventRecord>.placeholder

    var time: Date { now ?? Self.standardTime }

    /// What the rule runs for, exactly as live rules get it.
    func occasion(_ hooks: HookCatalogue) throws(FixtureProblem) -> Occasion {
        let name = event.value
        guard let hook = hook ?? hooks.hook(for: name) else { throw FixtureProblem(["event: There is no event \"\(name)\"."]) }
        if let problem = hooks.problem(hook, name) { throw FixtureProblem(["event: \(problem)"]) }
        if hook == .every { return try tick(name) }
        let table = try payload(of: name, hooks)
        guard hook == .on else {
            return Occasion(
                hook: .before,
                name: name,
                key: "",
                table: table.with(["name": .string(name), "actor": actorJSON]),
                amendable: hooks.proposals[name]?.amendable ?? []
            )
        }
        return Occasion(
            RecordedEvent(id: Self.standardID, name: name, actor: actorJSON, depth: 0, payload: table, occurredAt: time)
        )
    }

    /// The declared sample with the fixture's own members merged in.
    func payload(of name: String, _ hooks: HookCatalogue) throws(FixtureProblem) -> JSON {
        do throws(Failure) {
            return try hooks.payload(of: name, merging: .object(payload ?? [:]))
        } catch {
            throw FixtureProblem(error, in: "payload.")
        }
    }

    private func tick(_ interval: String) throws(FixtureProblem) -> Occasion {
        guard ScheduleName(interval) != nil else { throw FixtureProblem(["event: \"\(interval)\" is not a schedule."]) }
        guard payload == nil else { throw FixtureProblem(["payload: A schedule has no payload."]) }
        return Occasion(hook: .every, name: interval, key: "", depth: 1)
    }

    private var actorJSON: JSON {
        guard let actor else { return EventActor.json("user", Self.standardID.uuid) }
        return EventActor.json(actor.kind.rawValue, actor.id?.uuid)
    }
}

extension HookCatalogue {
    /// The declared sample with other members merged in, decoded and encoded like the real thing: what the type doesn't have is rejected.
    func payload(of name: String, merging members: JSON) throws(Failure) -> JSON {
        guard let point = events[name] ?? proposals[name], let type = payloads[name] else { throw .eventNotFound }
        return try Self.normalized(point.sample.merged(with: members), as: type)
    }

    private static func normalized<Payload: Codable>(_ json: JSON, as type: Payload.Type) throws(Failure) -> JSON {
        let payload = try InputSource(body: json).decode(Payload.self)
        do { return try JSON(encoding: payload) } catch { throw .internal(error) }
    }
}

extension JSON {
    /// Objects member by member; everything else is replaced.
    func merged(with other: JSON) -> JSON {
        guard case .object(let members) = self, case .object(let others) = other else { return other }
        return .object(members.merging(others) { $0.merged(with: $1) })
    }
}
