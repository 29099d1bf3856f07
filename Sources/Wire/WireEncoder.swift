/// The state of one value in the text: nothing yet, an open object or array, or a finished single value.
final class WireScope {
    private enum State {
        case empty
        case object
        case array
        case value
    }

    let writer: WireWriter
    private var state = State.empty
    private(set) var count = 0
    /// A nested container that is still open: it is closed when its parent continues.
    private var child: WireScope?

    init(_ writer: WireWriter) {
        self.writer = writer
    }

    func open(object: Bool) {
        guard state == .empty else { return }
        state = object ? .object : .array
        writer.put(object ? "{" : "[")
    }

    func beginMember(_ key: String) {
        endChild()
        if count > 0 { writer.put(",") }
        count += 1
        writer.write(key)
        writer.put(":")
    }

    func beginElement() {
        endChild()
        if count > 0 { writer.put(",") }
        count += 1
    }

    func beginValue() {
        state = .value
    }

    func nested() -> WireScope {
        let scope = WireScope(writer)
        child = scope
        return scope
    }

    /// A value that encoded nothing is an empty object.
    func close() {
        endChild()
        switch state {
        case .empty: writer.write(literal: "{}")
        case .object: writer.put("}")
        case .array: writer.put("]")
        case .value: break
        }
        state = .value
    }

    private func endChild() {
        child?.close()
        child = nil
    }
}

/// Hands out the containers that write into one scope. Coding paths are not kept: nothing encoded here asks for them.
struct WireEncoder: Encoder {
    let scope: WireScope
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        scope.open(object: true)
        return KeyedEncodingContainer(WireKeyed<Key>(scope: scope))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        scope.open(object: false)
        return WireUnkeyed(scope: scope)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        scope.beginValue()
        return WireSingle(writer: scope.writer)
    }
}

private struct WireKeyed<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let scope: WireScope
    var codingPath: [any CodingKey] { [] }

    func encodeNil(forKey key: Key) {
        scope.beginMember(key.stringValue)
        scope.writer.write(literal: "null")
    }

    func encode(_ value: String, forKey key: Key) {
        scope.beginMember(key.stringValue)
        scope.writer.write(value)
    }

    func encode(_ value: Bool, forKey key: Key) {
        scope.beginMember(key.stringValue)
        value ? scope.writer.write(literal: "true") : scope.writer.write(literal: "false")
    }

    func encode(_ value: Double, forKey key: Key) throws {
        scope.beginMember(key.stringValue)
        try scope.writer.write(value)
    }

    func encode(_ value: Int, forKey key: Key) {
        scope.beginMember(key.stringValue)
        scope.writer.write(value)
    }

    func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
        scope.beginMember(key.stringValue)
        try scope.writer.encode(value)
    }

    func nestedContainer<NestedKey: CodingKey>(keyedBy type: NestedKey.Type, forKey key: Key) -> KeyedEncodingContainer<NestedKey> {
        scope.beginMember(key.stringValue)
        return WireEncoder(scope: scope.nested()).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        scope.beginMember(key.stringValue)
        return WireEncoder(scope: scope.nested()).unkeyedContainer()
    }

    func superEncoder() -> any Encoder {
        scope.beginMember("super")
        return WireEncoder(scope: scope.nested())
    }

    func superEncoder(forKey key: Key) -> any Encoder {
        scope.beginMember(key.stringValue)
        return WireEncoder(scope: scope.nested())
    }
}

private struct WireUnkeyed: UnkeyedEncodingContainer {
    let scope: WireScope
    var codingPath: [any CodingKey] { [] }
    var count: Int { scope.count }

    func encodeNil() {
        scope.beginElement()
        scope.writer.write(literal: "null")
    }

    func encode<Value: Encodable>(_ value: Value) throws {
        scope.beginElement()
        try scope.writer.encode(value)
    }

    func nestedContainer<NestedKey: CodingKey>(keyedBy type: NestedKey.Type) -> KeyedEncodingContainer<NestedKey> {
        scope.beginElement()
        return WireEncoder(scope: scope.nested()).container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        scope.beginElement()
        return WireEncoder(scope: scope.nested()).unkeyedContainer()
    }

    func superEncoder() -> any Encoder {
        scope.beginElement()
        return WireEncoder(scope: scope.nested())
    }
}

private struct WireSingle: SingleValueEncodingContainer {
    let writer: WireWriter
    var codingPath: [any CodingKey] { [] }

    func encodeNil() { writer.write(literal: "null") }
    func encode(_ value: Bool) { value ? writer.write(literal: "true") : writer.write(literal: "false") }
    func encode(_ value: String) { writer.write(value) }
    func encode(_ value: Double) throws { try writer.write(value) }
    func encode(_ value: Float) throws { try writer.write(Double(value)) }
    func encode(_ value: Int) { writer.write(value) }
    func encode(_ value: Int8) { writer.write(value) }
    func encode(_ value: Int16) { writer.write(value) }
    func encode(_ value: Int32) { writer.write(value) }
    func encode(_ value: Int64) { writer.write(value) }
    func encode(_ value: UInt) { writer.write(value) }
    func encode(_ value: UInt8) { writer.write(value) }
    func encode(_ value: UInt16) { writer.write(value) }
    func encode(_ value: UInt32) { writer.write(value) }
    func encode(_ value: UInt64) { writer.write(value) }
    func encode<Value: Encodable>(_ value: Value) throws { try writer.encode(value) }
}
