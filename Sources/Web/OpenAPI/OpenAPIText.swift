import Kernel
import Yams

extension OpenAPIDocument {
    /// The document as YAML, in the usual order of such files.
    package func yaml() throws -> String {
        try Yams.serialize(node: Self.node(json), width: -1, allowUnicode: true)
    }

    private static let order = [
        "openapi", "info", "title", "version", "servers", "tags", "paths", "operationId", "name", "in", "summary", "description",
        "required",
        "parameters", "requestBody", "responses", "type", "properties", "content", "schema", "components",
    ]
    private static let rank = Dictionary(order.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })

    private static func node(_ json: JSON) -> Node {
        switch json {
        case .null: Node("null", Tag(.null))
        case .bool(let value): Node(value ? "true" : "false", Tag(.bool))
        case .integer(let value): Node(String(value), Tag(.int))
        case .number(let value): Node("\(value)", Tag(.float))
        case .string(let text): scalar(text)
        case .array(let elements): .sequence(.init(elements.map(node)))
        case .object(let members):
            .mapping(.init(members.keys.sorted(by: precedes).map { (scalar($0), node(members[$0] ?? .null)) }))
        }
    }

    private static func precedes(_ left: String, _ right: String) -> Bool {
        let ranks = (rank[left] ?? order.count, rank[right] ?? order.count)
        return ranks.0 == ranks.1 ? left < right : ranks.0 < ranks.1
    }

    /// Quoted wherever YAML could take the text for something else, such as a status or `on`.
    private static func scalar(_ text: String) -> Node {
        let isWord = text.first.map { $0.isLetter || $0 == "/" } == true
        let isTaken = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(text.lowercased())
        return Node(text, Tag(.str), isWord && !isTaken ? .any : .doubleQuoted)
    }
}
