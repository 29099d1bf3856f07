import Foundation

/// Learns a type's schema by running its `init(from:)` once against a decoder that answers everything with a placeholder. Optional enums
/// and dictionaries are recognized by their static types; a recursive type ends at its second level.
package enum SchemaRecorder {
    package static func schema(of type: any Decodable.Type) -> Schema {
        record(type, path: []).schema
    }

    /// A value of the type made of placeholders, if the type allows one.
    static func placeholder<Value: Decodable>(_ type: Value.Type) throws -> Value {
        guard let value = record(type, path: []).value as? Value else {
            throw DecodingError.typeMismatch(type, .init(codingPath: [], debugDescription: "Must be valid."))
        }
        return value
    }

    fileprivate static func record(_ type: any Decodable.Type, path: [ObjectIdentifier]) -> (schema: Schema, value: (any Decodable)?) {
        if var known = scalar(type) {
            known.0.type = known.0.type ?? qualifiedName(of: type)
            return known
        }
        let identity = ObjectIdentifier(type)
        if path.count(where: { $0 == identity }) > 1 { return (Schema(.any), nil) }
        if let optional = type as? any OptionalDecodable.Type {
            var (schema, _) = record(optional.wrapped, path: path)
            schema.isNullable = true
            return (schema, optional.none)
        }
        let recording = Recording()
        let value = try? type.init(from: RecordingDecoder(recording: recording, path: path + [identity]))
        var schema = recording.schema
        if schema.kind == .object, !schema.properties.isEmpty { schema.name = name(of: type) }
        schema.type = schema.type ?? qualifiedName(of: type)
        return (schema, value)
    }

    private static func scalar(_ type: any Decodable.Type) -> (Schema, (any Decodable)?)? {
        if let providing = type as? any SchemaProviding.Type { return (providing.schema, providing.placeholder as? any Decodable) }
        if type == JSON.self { return (Schema(.any), JSON.null) }
        if let choices = type as? any CaseIterable.Type, let (names, first) = enumeration(choices) {
            return (Schema(.string, allowed: names), first as? any Decodable)
        }
        if type == String.self { return (Schema(.string), "") }
        if type == Bool.self { return (Schema(.boolean), false) }
        if type == Int.self { return (Schema(.integer), 0) }
        if type == Double.self { return (Schema(.number), 0.0) }
        if type == Date.self {
            return (Schema(.string, format: "date-time", example: "2030-01-01T09:00:00.000Z"), Date(timeIntervalSince1970: 0))
        }
        if type == UUID.self { return (Schema(.string, format: "uuid"), UUID()) }
        return nil
    }

    private static func enumeration<Choice: CaseIterable>(_ type: Choice.Type) -> ([String], Any)? {
        let names = type.allCases.compactMap { ($0 as? any RawRepresentable)?.rawValue as? String }
        guard let first = type.allCases.first, names.count == type.allCases.count else { return nil }
        return (names, first)
    }

    /// `Kernel.Page<Jobs.JobSummary>` becomes `Kernel.Page`; a private type has a place in its file that nobody can name.
    private static func qualifiedName(of type: Any.Type) -> String {
        String(reflecting: type).prefix { $0 != "<" }.split(separator: ".").filter { !$0.hasPrefix("(") }.joined(separator: ".")
    }

    /// `Page<JobSummary>` becomes `PageOfJobSummary`.
    private static func name(of type: Any.Type) -> String {
        String(describing: type).replacing("<", with: "Of").filter { $0.isLetter || $0.isNumber }
    }
}

private protocol OptionalDecodable {
    static var wrapped: any Decodable.Type { get }
    static var none: (any Decodable)? { get }
}

extension Optional: OptionalDecodable where Wrapped: Decodable {
    static var wrapped: any Decodable.Type { Wrapped.self }
    static var none: (any Decodable)? { Self.none as Self }
}

private final class Recording {
    var schema = Schema(.any)

    func note(_ name: String, _ schema: Schema, required: Bool) {
        guard !self.schema.properties.contains(where: { $0.name == name }) else { return }
        self.schema.kind = .object
        self.schema.properties.append(.init(name: name, schema: schema, isRequired: required))
    }
}

private struct RecordingDecoder: Decoder {
    let recording: Recording
    let path: [ObjectIdentifier]
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        recording.schema.kind = .object
        return KeyedDecodingContainer(RecordingKeyed(recording: recording, path: path))
    }

    func unkeyedContainer() -> any UnkeyedDecodingContainer {
        recording.schema.kind = .array
        return RecordingUnkeyed(recording: recording, path: path)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { RecordingSingle(recording: recording, path: path) }
}

private struct RecordingKeyed<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let recording: Recording
    let path: [ObjectIdentifier]
    var codingPath: [any CodingKey] { [] }
    /// One made-up key, so that a dictionary shows the type of its values.
    var allKeys: [Key] { Key(stringValue: "*").map { [$0] } ?? [] }

    func contains(_ key: Key) -> Bool { true }
    func decodeNil(forKey key: Key) -> Bool { false }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        let (schema, value) = SchemaRecorder.record(type, path: path)
        let isOptional = type is any OptionalDecodable.Type || type is any AbsenceDecodable.Type
        record(key, schema, required: !isOptional)
        guard let value = value as? Value else {
            throw DecodingError.typeMismatch(type, .init(codingPath: [key], debugDescription: "No placeholder for \(type)."))
        }
        return value
    }

    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? { optional(type, key) }

    // The synthesized init(from:) calls these overloads, whose defaults would ask for the key as if it were required.
    func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? { optional(type, key) }
    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? { optional(type, key) }
    func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? { optional(type, key) }
    func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? { optional(type, key) }

    private func optional<Value: Decodable>(_ type: Value.Type, _ key: Key) -> Value? {
        var (schema, _) = SchemaRecorder.record(type, path: path)
        schema.isNullable = true
        record(key, schema, required: false)
        return nil
    }

    private func record(_ key: Key, _ schema: Schema, required: Bool) {
        guard key.stringValue == "*" else { return recording.note(key.stringValue, schema, required: required) }
        recording.schema.element = [schema]
    }

    func nestedContainer<NestedKey: CodingKey>(keyedBy type: NestedKey.Type, forKey key: Key) -> KeyedDecodingContainer<NestedKey> {
        KeyedDecodingContainer(RecordingKeyed<NestedKey>(recording: Recording(), path: path))
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedDecodingContainer {
        RecordingUnkeyed(recording: Recording(), path: path)
    }

    func superDecoder() -> any Decoder { RecordingDecoder(recording: Recording(), path: path) }
    func superDecoder(forKey key: Key) -> any Decoder { RecordingDecoder(recording: Recording(), path: path) }
}

private struct RecordingUnkeyed: UnkeyedDecodingContainer {
    let recording: Recording
    let path: [ObjectIdentifier]
    var codingPath: [any CodingKey] { [] }
    var count: Int? { 1 }
    var currentIndex = 0
    var isAtEnd: Bool { currentIndex > 0 }

    init(recording: Recording, path: [ObjectIdentifier]) {
        self.recording = recording
        self.path = path
    }

    mutating func decodeNil() -> Bool { false }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        currentIndex += 1
        let (schema, value) = SchemaRecorder.record(type, path: path)
        recording.schema.element = [schema]
        guard let value = value as? Value else {
            throw DecodingError.typeMismatch(type, .init(codingPath: [], debugDescription: "No placeholder for \(type)."))
        }
        return value
    }

    mutating func nestedContainer<NestedKey: CodingKey>(keyedBy type: NestedKey.Type) -> KeyedDecodingContainer<NestedKey> {
        KeyedDecodingContainer(RecordingKeyed<NestedKey>(recording: Recording(), path: path))
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedDecodingContainer { RecordingUnkeyed(recording: Recording(), path: path) }
    mutating func superDecoder() -> any Decoder { RecordingDecoder(recording: Recording(), path: path) }
}

private struct RecordingSingle: SingleValueDecodingContainer {
    let recording: Recording
    let path: [ObjectIdentifier]
    var codingPath: [any CodingKey] { [] }

    func decodeNil() -> Bool { false }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let (schema, value) = SchemaRecorder.record(type, path: path)
        recording.schema = schema
        guard let value = value as? Value else {
            throw DecodingError.typeMismatch(type, .init(codingPath: [], debugDescription: "No placeholder for \(type)."))
        }
        return value
    }
}
