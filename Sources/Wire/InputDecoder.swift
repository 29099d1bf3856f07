import Foundation

/// The input: a JSON body, texts from the path and the query, files, and the If-Match version. All four fill one flat struct.
package struct InputSource: Sendable {
    package var body: JSON
    package var texts: [String: String]
    package var files: [String: UploadedFile]
    package var expectedVersion: Int?

    package init(body: JSON = [:], texts: [String: String] = [:], files: [String: UploadedFile] = [:], expectedVersion: Int? = nil) {
        self.body = body
        self.texts = texts
        self.files = files
        self.expectedVersion = expectedVersion
    }

    /// Reads the input, or throws every bad, missing and unknown field at once.
    package func read<Input: Decodable>(_ type: Input.Type = Input.self) throws(FieldProblems) -> Input {
        guard case .object(var members) = body else { throw FieldProblems("body", "Must be a JSON object.") }
        for (name, text) in texts { members[name] = .string(text) }
        let problems = Problems()
        let context = InputContext(source: self, problems: problems)
        let value = try? Input(from: InputDecoder(value: .object(members), path: [], context: context))
        if let value, problems.isEmpty { return value }
        guard !problems.isEmpty else { throw FieldProblems("body", "Is not valid.") }
        throw problems.list(suggestingNamesOf: SchemaRecorder.schema(of: Input.self))
    }
}

private final class Problems {
    private var known = FieldProblems()
    private var strangers: [[String]] = []
    private var moreStrangers = 0

    /// Ends the decoding: enough problems were found.
    private struct Enough: Error {}

    var isEmpty: Bool { known.isEmpty && strangers.isEmpty }

    func note(_ path: [String], _ problem: @autoclosure () -> String) throws {
        guard !known.isFull else {
            known.isCut = true
            throw Enough()
        }
        known.note(FieldProblems.name(path), problem())
    }

    /// Unknown fields are listed after what is wrong with known ones, so they are kept apart until the end.
    func noteUnknown(_ names: [String], in path: [String]) {
        // The first by name, whatever their order in the object.
        var first: [String] = []
        for name in names {
            guard first.count < FieldProblems.most || name < (first.last ?? "") else { continue }
            first.insert(name, at: first.firstIndex { name < $0 } ?? first.count)
            if first.count > FieldProblems.most { first.removeLast() }
        }
        let kept = first.prefix(FieldProblems.most - strangers.count)
        strangers += kept.map { path + [$0] }
        moreStrangers += names.count - kept.count
    }

    func list(suggestingNamesOf schema: Schema) -> FieldProblems {
        var all = known
        for path in strangers {
            guard !all.isFull, let name = path.last else {
                all.more += 1
                continue
            }
            let owner = path.dropLast().reduce(Optional(schema)) { $0?.member($1) }
            all.noteUnknown(FieldProblems.name(path), meant: owner?.properties.map(\.name).nearest(to: name))
        }
        all.more += moreStrangers
        return all
    }
}

private struct InputContext {
    let source: InputSource
    let problems: Problems

    /// Decodes one field; a bad one is noted and replaced by a placeholder, so that the remaining fields are still checked.
    func field<Value: Decodable>(_ type: Value.Type, from value: JSON, path: [String]) throws -> Value {
        do {
            return try strict(type, from: value, path: path)
        } catch let problem as FieldProblem {
            try problems.note(path, problem.message)
        } catch let DecodingError.dataCorrupted(context) {
            try problems.note(path, context.debugDescription)
        } catch is DecodingError {
            try problems.note(path, expectation(type))
        }
        return try SchemaRecorder.placeholder(type)
    }

    fileprivate func strict<Value: Decodable>(_ type: Value.Type, from value: JSON, path: [String]) throws -> Value {
        if type == JSON.self, let anything = value as? Value {
            guard value.isStreamSafe else { throw FieldProblem.pileOfMarks }
            return anything
        }
        if type == Date.self {
            guard let text = value.string, let date = Timestamp.date(text), let value = date as? Value else {
                throw FieldProblem("Must be an RFC 3339 time.")
            }
            return value
        }
        if let choices = type as? any CaseIterable.Type, !(type is any SchemaProviding.Type) {
            return try choice(type, choices, value)
        }
        return try Value(from: InputDecoder(value: value, path: path, context: self))
    }

    private func choice<Value>(_ type: Value.Type, _ choices: any CaseIterable.Type, _ value: JSON) throws -> Value {
        let cases = choices.allCases as any Collection
        guard value.isStreamSafe else { throw FieldProblem.pileOfMarks }
        for candidate in cases where (candidate as? any RawRepresentable)?.rawValue as? String == value.string && value.string != nil {
            if let found = candidate as? Value { return found }
        }
        let names = cases.compactMap { ($0 as? any RawRepresentable)?.rawValue as? String }
        throw FieldProblem("Must be one of \(names.joined(separator: ", ")).")
    }

    private func expectation(_ type: any Decodable.Type) -> String {
        switch SchemaRecorder.schema(of: type).kind {
        case .string: "Must be a text."
        case .integer: "Must be a whole number."
        case .number: "Must be a number."
        case .boolean: "Must be true or false."
        case .array: "Must be a list."
        case .object: "Must be an object."
        case .any: "Is not valid."
        }
    }
}

private struct InputDecoder: Decoder {
    let value: JSON
    let path: [String]
    let context: InputContext
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard case .object(let members) = value else { throw FieldProblem("Must be an object.") }
        let container = InputKeyed<Key>(members: members, path: path, context: context)
        // A synthesized CodingKeys rejects names that the type doesn't have; a dictionary's key takes any.
        let strangers = members.keys.filter { Key(stringValue: $0) == nil }
        if !strangers.isEmpty { context.problems.noteUnknown(strangers, in: path) }
        return KeyedDecodingContainer(container)
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard case .array(let elements) = value else {
            // A list in a query is separated by commas.
            if path.count == 1, let text = context.source.texts[path[0]] {
                let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { JSON.string(String($0)) }
                return InputUnkeyed(elements: text.isEmpty ? [] : parts, path: path, context: context)
            }
            throw FieldProblem("Must be a list.")
        }
        return InputUnkeyed(elements: elements, path: path, context: context)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { InputSingle(value: value, path: path, context: context) }
}

private struct InputKeyed<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let members: [String: JSON]
    let path: [String]
    let context: InputContext
    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { members.keys.sorted().compactMap(Key.init(stringValue:)) }

    func contains(_ key: Key) -> Bool { members[key.stringValue] != nil || isSpecial(key) }

    private func isSpecial(_ key: Key) -> Bool {
        path.isEmpty
            && (context.source.files[key.stringValue] != nil || key.stringValue == "ifMatch" && context.source.expectedVersion != nil)
    }

    func decodeNil(forKey key: Key) -> Bool { !isSpecial(key) && (members[key.stringValue] ?? .null).isNull }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        let name = key.stringValue
        if path.isEmpty, type == UploadedFile.self || type == ExpectedVersion.self {
            return try special(type, name)
        }
        guard let value = members[name] else {
            if let absence = type as? any AbsenceDecodable.Type, let value = absence.absent as? Value { return value }
            try context.problems.note(path + [name], "Is required.")
            return try SchemaRecorder.placeholder(type)
        }
        if value.isNull, !(type is any AbsenceDecodable.Type), type != JSON.self {
            try context.problems.note(path + [name], "Must not be null.")
            return try SchemaRecorder.placeholder(type)
        }
        return try context.field(type, from: value, path: path + [name])
    }

    private func special<Value: Decodable>(_ type: Value.Type, _ name: String) throws -> Value {
        if let file = context.source.files[name] as? Value { return file }
        if type == ExpectedVersion.self, let version = context.source.expectedVersion.map(ExpectedVersion.init) as? Value { return version }
        try context.problems.note([name], type == UploadedFile.self ? "Must be a file." : "Send the ETag as If-Match.")
        return try SchemaRecorder.placeholder(type)
    }

    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
        guard contains(key), !decodeNil(forKey: key) else { return nil }
        return try decode(type, forKey: key)
    }

    func nestedContainer<NestedKey: CodingKey>(keyedBy type: NestedKey.Type, forKey key: Key) throws -> KeyedDecodingContainer<NestedKey> {
        try decoder(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer { try decoder(key).unkeyedContainer() }
    func superDecoder() -> any Decoder { InputDecoder(value: .object(members), path: path, context: context) }
    func superDecoder(forKey key: Key) -> any Decoder { decoder(key) }

    private func decoder(_ key: Key) -> InputDecoder {
        InputDecoder(value: members[key.stringValue] ?? .null, path: path + [key.stringValue], context: context)
    }
}

private struct InputUnkeyed: UnkeyedDecodingContainer {
    let elements: [JSON]
    let path: [String]
    let context: InputContext
    var codingPath: [any CodingKey] { [] }
    var currentIndex = 0
    var count: Int? { elements.count }
    var isAtEnd: Bool { currentIndex >= elements.count }

    init(elements: [JSON], path: [String], context: InputContext) {
        self.elements = elements
        self.path = path
        self.context = context
    }

    mutating func decodeNil() -> Bool {
        guard !isAtEnd, elements[currentIndex].isNull else { return false }
        currentIndex += 1
        return true
    }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        guard !isAtEnd else { throw FieldProblem("Has too few entries.") }
        defer { currentIndex += 1 }
        return try context.field(type, from: elements[currentIndex], path: path + [String(currentIndex)])
    }

    mutating func nestedContainer<NestedKey: CodingKey>(keyedBy type: NestedKey.Type) throws -> KeyedDecodingContainer<NestedKey> {
        try superDecoder().container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { try superDecoder().unkeyedContainer() }

    mutating func superDecoder() -> any Decoder {
        defer { currentIndex += 1 }
        return InputDecoder(value: elements[currentIndex], path: path + [String(currentIndex)], context: context)
    }
}

private struct InputSingle: SingleValueDecodingContainer {
    let value: JSON
    let path: [String]
    let context: InputContext
    var codingPath: [any CodingKey] { [] }

    func decodeNil() -> Bool { value.isNull }

    /// Texts from the path and the query are read as the field's type.
    private var written: String? { path.count == 1 ? context.source.texts[path[0]] : nil }

    func decode(_ type: Bool.Type) throws -> Bool {
        if case .bool(let flag) = value { return flag }
        guard let written, let flag = Bool(written) else { throw FieldProblem("Must be true or false.") }
        return flag
    }

    func decode(_ type: Int.Type) throws -> Int {
        if case .integer(let number) = value { return number }
        // JSON Schema counts 280.0 as an integer; beyond 2^53 a double no longer says which.
        if case .number(let number) = value, number == number.rounded(), abs(number) < 9_007_199_254_740_992 { return Int(number) }
        guard let written, let number = Int(written) else { throw FieldProblem("Must be a whole number.") }
        return number
    }

    func decode(_ type: Double.Type) throws -> Double {
        switch value {
        case .integer(let number): return Double(number)
        case .number(let number): return number
        default:
            guard let written, let number = Double(written), number.isFinite else { throw FieldProblem("Must be a number.") }
            return number
        }
    }

    func decode(_ type: String.Type) throws -> String {
        guard case .string(let text) = value else { throw FieldProblem("Must be a text.") }
        guard !text.utf8.contains(0) else { throw FieldProblem("Must not contain control characters.") }
        guard text.isStreamSafe else { throw FieldProblem.pileOfMarks }
        return text
    }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try context.strict(type, from: value, path: path)
    }
}
