import Foundation

/// Reads a type out of parsed JSON in a fraction of `JSONDecoder`'s time, which was the largest part of reading a row. It takes what the
/// type knows and ignores the rest, because another version may have written what is stored. Whole numbers must fit `Int`.
struct WireDecoder: Decoder {
    let value: JSON
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    /// Comparing metatypes first is several times faster than a chain of casts.
    static func decode<Value: Decodable>(_ type: Value.Type, from value: JSON) throws -> Value {
        let kind = ObjectIdentifier(type)
        var special: Any?
        if kind == ObjectIdentifier(String.self) {
            special = value.string
        } else if kind == ObjectIdentifier(JSON.self) {
            special = value
        } else if kind == ObjectIdentifier(Date.self) {
            special = value.string.flatMap(Timestamp.date)
        } else if kind == ObjectIdentifier(UUID.self) {
            special = value.string.flatMap(UUID.init(uuidString:))
        } else if kind == ObjectIdentifier(Data.self) {
            special = value.string.flatMap { Data(base64Encoded: $0) }
        } else if kind == ObjectIdentifier(URL.self) {
            special = value.string.flatMap(URL.init(string:))
        } else {
            return try Value(from: WireDecoder(value: value))
        }
        guard let read = special as? Value else { throw mismatch(type) }
        return read
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard case .object(let members) = value else { throw Self.mismatch([String: JSON].self) }
        return KeyedDecodingContainer(WireMembers<Key>(members: members))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard case .array(let elements) = value else { throw Self.mismatch([JSON].self) }
        return WireElements(elements: elements)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { WireValue(value: value) }

    fileprivate static func mismatch(_ type: Any.Type, at key: (any CodingKey)? = nil) -> DecodingError {
        .typeMismatch(type, .init(codingPath: key.map { [$0] } ?? [], debugDescription: "The JSON doesn't hold a value of \(type)."))
    }
}

private struct WireMembers<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let members: [String: JSON]
    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { members.keys.compactMap(Key.init(stringValue:)) }

    private func value(_ key: Key) throws -> JSON {
        guard let value = members[key.stringValue] else {
            throw DecodingError.keyNotFound(key, .init(codingPath: [], debugDescription: "The JSON has no \(key.stringValue)."))
        }
        return value
    }

    private func present(_ key: Key) -> JSON? {
        guard let value = members[key.stringValue], !value.isNull else { return nil }
        return value
    }

    func contains(_ key: Key) -> Bool { members[key.stringValue] != nil }
    func decodeNil(forKey key: Key) throws -> Bool { try value(key).isNull }

    func decode(_ type: String.Type, forKey key: Key) throws -> String {
        guard case .string(let text) = try value(key) else { throw WireDecoder.mismatch(type, at: key) }
        return text
    }

    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool {
        guard case .bool(let flag) = try value(key) else { throw WireDecoder.mismatch(type, at: key) }
        return flag
    }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try WireDecoder.decode(type, from: value(key))
    }

    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
        try present(key).map { try WireDecoder.decode(type, from: $0) }
    }

    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
        try present(key).map { try WireDecoder.decode(type, from: $0) }
    }

    func nestedContainer<NestedKey: CodingKey>(keyedBy type: NestedKey.Type, forKey key: Key) throws -> KeyedDecodingContainer<NestedKey> {
        try WireDecoder(value: value(key)).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try WireDecoder(value: value(key)).unkeyedContainer()
    }

    func superDecoder() -> any Decoder { WireDecoder(value: .object(members)) }
    func superDecoder(forKey key: Key) throws -> any Decoder { WireDecoder(value: try value(key)) }
}

private struct WireElements: UnkeyedDecodingContainer {
    let elements: [JSON]
    private(set) var currentIndex = 0
    var codingPath: [any CodingKey] { [] }
    var count: Int? { elements.count }
    var isAtEnd: Bool { currentIndex >= elements.count }

    init(elements: [JSON]) {
        self.elements = elements
    }

    private mutating func next() throws -> JSON {
        guard !isAtEnd else {
            throw DecodingError.valueNotFound(JSON.self, .init(codingPath: [], debugDescription: "The JSON has too few elements."))
        }
        defer { currentIndex += 1 }
        return elements[currentIndex]
    }

    mutating func decodeNil() -> Bool {
        guard !isAtEnd, elements[currentIndex].isNull else { return false }
        currentIndex += 1
        return true
    }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try WireDecoder.decode(type, from: next()) }

    mutating func nestedContainer<NestedKey: CodingKey>(keyedBy type: NestedKey.Type) throws -> KeyedDecodingContainer<NestedKey> {
        try WireDecoder(value: next()).container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { try WireDecoder(value: next()).unkeyedContainer() }
    mutating func superDecoder() throws -> any Decoder { WireDecoder(value: try next()) }
}

private struct WireValue: SingleValueDecodingContainer {
    let value: JSON
    var codingPath: [any CodingKey] { [] }

    func decodeNil() -> Bool { value.isNull }

    func decode(_ type: Bool.Type) throws -> Bool {
        guard case .bool(let flag) = value else { throw WireDecoder.mismatch(type) }
        return flag
    }

    func decode(_ type: String.Type) throws -> String {
        guard case .string(let text) = value else { throw WireDecoder.mismatch(type) }
        return text
    }

    func decode(_ type: Double.Type) throws -> Double {
        switch value {
        case .integer(let number): return Double(number)
        case .number(let number): return number
        default: throw WireDecoder.mismatch(type)
        }
    }

    func decode(_ type: Float.Type) throws -> Float { Float(try decode(Double.self)) }
    func decode(_ type: Int.Type) throws -> Int { try integer() }
    func decode(_ type: Int8.Type) throws -> Int8 { try integer() }
    func decode(_ type: Int16.Type) throws -> Int16 { try integer() }
    func decode(_ type: Int32.Type) throws -> Int32 { try integer() }
    func decode(_ type: Int64.Type) throws -> Int64 { try integer() }
    func decode(_ type: UInt.Type) throws -> UInt { try integer() }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try integer() }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try integer() }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try integer() }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try integer() }
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try WireDecoder.decode(type, from: value) }

    private func integer<Integer: FixedWidthInteger>() throws -> Integer {
        let exact: Integer? =
            switch value {
            case .integer(let number): Integer(exactly: number)
            case .number(let number): Integer(exactly: number)
            default: nil
            }
        guard let exact else { throw WireDecoder.mismatch(Integer.self) }
        return exact
    }
}
