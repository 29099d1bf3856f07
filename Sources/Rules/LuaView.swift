import Kernel

/// A read's answer in Lua. A list becomes the plain list of the items on the page.
struct LuaView {
    let value: JSON
    /// The arguments that get the next page; nil at the end, or if it isn't a list.
    let more: JSON?

    init(_ view: JSON, of name: String) {
        if case .array? = view["items"] {
            value = view["items"] ?? []
            more = view["nextCursor"].flatMap { $0.isNull ? nil : ["cursor": $0] }
        } else {
            value = view.unwrapped(name)
            more = nil
        }
    }
}

extension JSON {
    /// A view that holds the entity among other things, as the entity with those things: `application(id).status` and `.notes`.
    fileprivate func unwrapped(_ entity: String) -> JSON {
        guard case .object(var members) = self, members["id"] == nil, let inner = members.removeValue(forKey: entity), inner["id"] != nil
        else {
            return self
        }
        return inner.with(members)
    }
}
