import Kernel
import Synchronization

/// Answers a rule's questions from its fixture, and collects those that the fixture has no answer to.
final class FixtureHost: Sendable {
    private let fixture: Fixture
    private let operations: LuaOperations
    private let open = Mutex<[String]>([])

    init(_ fixture: Fixture, _ operations: LuaOperations) throws(FixtureProblem) {
        self.fixture = fixture
        self.operations = operations
        let mistakes = (fixture.answers ?? []).enumerated().flatMap { problems(of: $1, at: "answers.\($0)") }
        if !mistakes.isEmpty { throw FixtureProblem(mistakes) }
    }

    /// What to add to the fixture, one line per question.
    var unanswered: [String] { open.withLock { $0 } }

    func answer(_ read: RunnerRead) -> RunnerAnswer {
        let store = fixture.store ?? [:]
        switch read.name {
        case "store.get": return .value(store[read.arguments["key"]?.string ?? ""] ?? .null)
        case "store.list":
            let prefix = read.arguments["prefix"]?.string ?? ""
            return .value(.object(store.filter { $0.key.hasPrefix(prefix) }))
        default: break
        }
        if let refusal = operations[read.name]?.refusal(of: InputSource(body: .object(read.arguments))) {
            return .failure(refusal.problems)
        }
        guard let answer = fixture.answers?.first(where: { $0.answers(read) }) else { return miss(read) }
        if let error = answer.error { return .failure(error) }
        return .value(answer.value ?? .null, entity: operations.entity(ofRead: read.name))
    }

    private func miss(_ read: RunnerRead) -> RunnerAnswer {
        let wanted = JSON.object(["name": .string(read.name), "arguments": .object(read.arguments), "value": "..."])
        open.withLock { open in
            let line = "The rule asks for \(read.name), which \"answers\" does not have. Add to it: \(wanted.text)"
            if !open.contains(line) { open.append(line) }
        }
        return .failure("the fixture has no answer for \(read.name)")
    }

    /// A test with answers that no rule could get would test nothing.
    private func problems(of answer: Fixture.Answer, at path: String) -> [String] {
        guard let operation = operations[answer.name], operation.isRead else {
            let reads = operations.all.filter { $0.operation.isRead }.map(\.name).joined(separator: ", ")
            return ["\(path).name: There is no read \"\(answer.name)\", only \(reads). Values in the store belong in \"store\"."]
        }
        if (answer.value == nil) == (answer.error == nil) { return ["\(path): Must have a value or an error."] }
        var problems: [String] = []
        if let arguments = answer.arguments {
            problems += operation.problems(with: InputSource(body: .object(arguments))).map { "\(path).arguments.\($0)" }
        }
        if let value = answer.value {
            let schema = SchemaRecorder.schema(of: operation.output).unwrapped(answer.name)
            problems += schema.strangers(in: value).map { "\(path).value.\($0): Unknown field." }
        }
        return problems
    }
}

extension Fixture.Answer {
    fileprivate func answers(_ read: RunnerRead) -> Bool {
        guard name == read.name else { return false }
        guard let arguments else { return true }
        return JSON.object(arguments).differences(from: .object(read.arguments), at: "").isEmpty
    }
}

extension Schema {
    /// The members of a value that this schema doesn't have, by path. Members may be missing: a test only names what matters to it.
    fileprivate func strangers(in value: JSON, at path: String = "") -> [String] {
        switch value {
        case .array(let elements):
            guard let element = element.first, kind == .array else { return [] }
            return elements.enumerated().flatMap { element.strangers(in: $1, at: "\(path)\($0).") }
        case .object(let members):
            guard kind == .object else { return [] }
            if let element = element.first { return members.flatMap { element.strangers(in: $1, at: "\(path)\($0).") } }
            return members.sorted { $0.key < $1.key }.flatMap { name, value in
                guard let property = properties.first(where: { $0.name == name }) else { return [path + name] }
                return property.schema.strangers(in: value, at: "\(path)\(name).")
            }
        default: return []
        }
    }

    /// Like `JSON.unwrapped`: a list becomes just its elements, and a view that holds the entity among other things becomes the entity with
    /// those things.
    fileprivate func unwrapped(_ entity: String) -> Schema {
        if let items = properties.first(where: { $0.name == "items" })?.schema, items.kind == .array { return items }
        guard !properties.contains(where: { $0.name == "id" }), let inner = properties.first(where: { $0.name == entity })?.schema,
            inner.properties.contains(where: { $0.name == "id" })
        else { return self }
        var schema = inner
        schema.properties += properties.filter { property in
            property.name != entity && !inner.properties.contains { $0.name == property.name }
        }
        return schema
    }
}
