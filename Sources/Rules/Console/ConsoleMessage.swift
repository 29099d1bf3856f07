import Kernel

/// What a console script's process sends: questions, and immediately what a rule's run would report at its end.
enum ConsoleMessage {
    case read(RunnerRead, tenant: Identifier<Tenant>?)
    case output(String)
    case table(ConsoleTable)
    case effect(RunnerEffect, tenant: Identifier<Tenant>)
    /// With the tenant in which a script failed.
    case done(RunnerResult, tenant: Identifier<Tenant>?)

    init(_ bytes: [UInt8]) throws(RunnerEnd) {
        guard let json = try? JSON(parsing: bytes) else { throw .garbled }
        let tenant = json["tenant"]?.string.flatMap { Identifier<Tenant>($0) }
        switch json["type"] {
        case "output": self = .output(json["output"]?.string ?? "")
        case "table":
            guard let table = ConsoleTable(json["table"] ?? .null) else { throw .garbled }
            self = .table(table)
        case "effect":
            guard let tenant else { throw .garbled }
            self = .effect(try RunnerEffect(json["effect"] ?? .null), tenant: tenant)
        default:
            switch try RunnerMessage(json) {
            case .read(let read): self = .read(read, tenant: tenant)
            case .done(let result): self = .done(result, tenant: tenant)
            case .loaded: throw .garbled
            }
        }
    }
}

extension ConsoleTable {
    init?(_ json: JSON) {
        guard let title = json["title"]?.string, case .array(let columns)? = json["columns"], case .array(let rows)? = json["rows"] else {
            return nil
        }
        self.init(
            title: title,
            columns: columns.compactMap(\.string),
            rows: rows.map { row in
                guard case .array(let values) = row else { return [] }
                return values
            }
        )
    }
}
