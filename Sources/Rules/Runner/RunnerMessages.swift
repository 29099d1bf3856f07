import Kernel

/// What the runner sends.
enum RunnerMessage {
    case loaded(RunnerLoad)
    case read(RunnerRead)
    case done(RunnerResult)

    init(_ bytes: [UInt8]) throws(RunnerEnd) {
        guard let json = try? JSON(parsing: bytes) else { throw .garbled }
        try self.init(json)
    }

    init(_ json: JSON) throws(RunnerEnd) {
        switch json["type"] {
        case "loaded": self = .loaded(try RunnerLoad(json))
        case "read": self = .read(RunnerRead(name: try json.text("name"), arguments: try json.members("arguments")))
        case "done": self = .done(try RunnerResult(json))
        default: throw .garbled
        }
    }
}

extension RunnerLoad {
    fileprivate init(_ json: JSON) throws(RunnerEnd) {
        var scripts: [String: Script] = [:]
        for script in try json.list("scripts") { scripts[try script.text("id")] = try Script(script) }
        var modules: [String: RunnerFault] = [:]
        for (name, fault) in try json.members("modules") { modules[name] = try RunnerFault(fault) }
        self.init(scripts: scripts, modules: modules)
    }
}

extension RunnerLoad.Script {
    fileprivate init(_ json: JSON) throws(RunnerEnd) {
        var handlers: [RunnerLoad.Handler] = []
        for handler in try json.list("handlers") {
            guard let hook = RunnerHook(rawValue: try handler.text("kind")) else { throw .garbled }
            handlers.append(RunnerLoad.Handler(hook: hook, name: try handler.text("name"), place: try RunnerPlace(handler)))
        }
        let fault: RunnerFault? = if let error = json["error"] { try RunnerFault(error) } else { nil }
        // A rule that should guard a change and can't, blocks it unless it says otherwise.
        let onError = json["onError"]?.string.flatMap(RunnerLoad.OnError.init(rawValue:)) ?? .block
        self.init(handlers: handlers, onError: onError, fault: fault)
    }
}

extension RunnerPlace {
    fileprivate init(_ json: JSON) throws(RunnerEnd) {
        self.init(script: try json.text("script"), line: try json.integer("line"))
    }
}

extension RunnerFault {
    fileprivate init(_ json: JSON) throws(RunnerEnd) {
        guard let kind = Kind(rawValue: try json.text("kind")) else { throw .garbled }
        self.init(kind: kind, message: try json.text("message"), script: json["script"]?.string, line: try? json.integer("line"))
    }
}

extension RunnerResult {
    fileprivate init(_ json: JSON) throws(RunnerEnd) {
        switch try json.text("outcome") {
        case "completed": outcome = .completed(amendments: try json.members("amendments"))
        case "rejected": outcome = .rejected(reason: try json.text("reason"), code: json["code"]?.string)
        case "failed": outcome = .failed(try RunnerFault(json["error"] ?? .null))
        default: throw .garbled
        }
        for effect in (try? json.list("effects")) ?? [] { effects.append(try RunnerEffect(effect)) }
        log = try json.list("log").compactMap(\.string)
        for field in try json.list("readFields") {
            let name = try field.text("name")
            readFields.append(name)
            readPlaces[name] = try RunnerPlace(field["place"] ?? .null)
        }
        instructions = try json.integer("instructions")
        memoryPeak = try json.integer("memoryPeak")
    }
}

extension RunnerEffect {
    init(_ json: JSON) throws(RunnerEnd) {
        let target: Target? =
            if let target = json["target"] {
                Target(entity: try target.text("entity"), id: try target.identifier("id"), label: target["label"]?.string)
            } else { nil }
        self.init(operation: try json.text("operation"), target: target, arguments: try json.members("arguments"))
    }
}

/// Members that a message must have.
extension JSON {
    fileprivate func text(_ key: String) throws(RunnerEnd) -> String {
        guard case .string(let text)? = self[key] else { throw .garbled }
        return text
    }

    fileprivate func integer(_ key: String) throws(RunnerEnd) -> Int {
        guard case .integer(let number)? = self[key] else { throw .garbled }
        return number
    }

    fileprivate func list(_ key: String) throws(RunnerEnd) -> [JSON] {
        guard case .array(let elements)? = self[key] else { throw .garbled }
        return elements
    }

    fileprivate func members(_ key: String) throws(RunnerEnd) -> [String: JSON] {
        guard case .object(let members)? = self[key] else { throw .garbled }
        return members
    }

    /// Events may also identify things by number.
    fileprivate func identifier(_ key: String) throws(RunnerEnd) -> String {
        switch self[key] {
        case .string(let text): text
        case .integer(let number): String(number)
        default: throw .garbled
        }
    }
}
