package import FoundationEssentials

/// What may be an element of an array bind or column. Bytes are the exception: an array of them is `bytea`.
package protocol SQLArrayElement: SQLEncodable, SQLDecodable {
    static func encode(array: [Self]) -> SQLValue
    static func decode(array text: UnsafeBufferPointer<UInt8>) -> [Self]?
}

extension String: SQLArrayElement {}
extension Bool: SQLArrayElement {}
extension Int: SQLArrayElement {}
extension Int16: SQLArrayElement {}
extension Int32: SQLArrayElement {}
extension Int64: SQLArrayElement {}
extension Double: SQLArrayElement {}
extension UUID: SQLArrayElement {}
extension Date: SQLArrayElement {}

extension UInt8: SQLArrayElement {
    package static func encode(array: [UInt8]) -> SQLValue {
        .bytes(array)
    }

    package static func decode(array text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        Hexadecimal.bytes(text)
    }
}

extension SQLArrayElement {
    /// PostgreSQL's array literal, every element quoted: `{"a","b\"c"}`.
    package static func encode(array: [Self]) -> SQLValue {
        var literal: [UInt8] = [UInt8(ascii: "{")]
        for (position, element) in array.enumerated() {
            if position > 0 { literal.append(UInt8(ascii: ",")) }
            guard case .text(let text) = element.sqlValue else {
                literal.append(contentsOf: "NULL".utf8)
                continue
            }
            literal.append(UInt8(ascii: "\""))
            for byte in text.utf8 {
                if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { literal.append(UInt8(ascii: "\\")) }
                literal.append(byte)
            }
            literal.append(UInt8(ascii: "\""))
        }
        literal.append(UInt8(ascii: "}"))
        return .text(String(decoding: literal, as: UTF8.self))
    }

    package static func decode(array text: UnsafeBufferPointer<UInt8>) -> [Self]? {
        var reader = ArrayLiteral(text: text)
        return reader.elements()
    }
}

/// Reads a one-dimensional array as PostgreSQL prints it. A NULL element is refused: no element type here can hold it.
private struct ArrayLiteral {
    let text: UnsafeBufferPointer<UInt8>
    private var position = 1
    private var element: [UInt8] = []

    init(text: UnsafeBufferPointer<UInt8>) {
        self.text = text
    }

    mutating func elements<Element: SQLDecodable>() -> [Element]? {
        guard text.count >= 2, text.first == UInt8(ascii: "{"), text.last == UInt8(ascii: "}") else { return nil }
        var elements: [Element] = []
        let end = text.count - 1
        while position < end {
            let quoted = text[position] == UInt8(ascii: "\"")
            if quoted { readQuoted(until: end) } else { readBare(until: end) }
            if !quoted, element.elementsEqual("NULL".utf8) || element.first == UInt8(ascii: "{") { return nil }
            guard let value = element.withUnsafeBufferPointer(Element.decode) else { return nil }
            elements.append(value)
            // The comma.
            position += 1
        }
        return elements
    }

    private mutating func readBare(until end: Int) {
        element.removeAll(keepingCapacity: true)
        while position < end, text[position] != UInt8(ascii: ",") {
            element.append(text[position])
            position += 1
        }
    }

    private mutating func readQuoted(until end: Int) {
        element.removeAll(keepingCapacity: true)
        position += 1
        while position < end, text[position] != UInt8(ascii: "\"") {
            if text[position] == UInt8(ascii: "\\") { position += 1 }
            element.append(text[position])
            position += 1
        }
        position += 1
    }
}
