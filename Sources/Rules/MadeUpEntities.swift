import Kernel

/// Nobody has a row of what a made-up event is about. Where a rule asks for it, what the event says of it stands in.
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
    /// The object of this name and id, however deep.
    fileprivate func entity(_ name: String, _ id: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        if let found = members[name], found["id"]?.string == id { return found }
        for (_, member) in members.sorted(by: { $0.key < $1.key }) {
            if let found = member.entity(name, id) { return found }
        }
        return nil
    }
}
