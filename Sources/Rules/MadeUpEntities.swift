import Kernel

/// The subjects of made-up events have no rows. If a rule asks for one, it gets what the event says about it.
struct MadeUpEntities: Sendable {
    let occasion: Occasion
    let operations: LuaOperations

    func answer(_ read: RunnerRead, else answer: RunnerAnswer) -> RunnerAnswer {
        guard case .failure = answer, let entity = operations.entity(ofRead: read.name), let id = read.arguments["id"]?.string,
            let found = occasion.table.entity(entity, id)
        else { return answer }
        return .value(found, entity: entity)
    }
}

extension JSON {
    /// The object with this name and id, at any depth.
    fileprivate func entity(_ name: String, _ id: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        if let found = members[name], found["id"]?.string == id { return found }
        for (_, member) in members.sorted(by: { $0.key < $1.key }) {
            if let found = member.entity(name, id) { return found }
        }
        return nil
    }
}
