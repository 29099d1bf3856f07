package import FoundationEssentials

/// What can be read from a column's text form.
package protocol SQLDecodable: Sendable {
    /// Nil if the text isn't of this type.
    static func decode(_ text: UnsafeBufferPointer<UInt8>) -> Self?
}

extension String: SQLDecodable {
    package static func decode(_ text: UnsafeBufferPointer<UInt8>) -> String? {
        String(decoding: text, as: UTF8.self)
    }
}

extension Bool: SQLDecodable {
    package static func decode(_ text: UnsafeBufferPointer<UInt8>) -> Bool? {
        guard text.count == 1 else { return nil }
        switch text[0] {
        case UInt8(ascii: "t"): return true
        case UInt8(ascii: "f"): return false
        default: return nil
        }
    }
}

extension SQLDecodable where Self: FixedWidthInteger {
    package static func decode(_ text: UnsafeBufferPointer<UInt8>) -> Self? {
        let negative = text.first == UInt8(ascii: "-")
        let digits = negative ? text.dropFirst() : text[...]
        guard !digits.isEmpty else { return nil }
        var value: Self = 0
        for byte in digits {
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
            let digit = Self(byte - UInt8(ascii: "0"))
            let (shifted, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carried) = negative ? shifted.subtractingReportingOverflow(digit) : shifted.addingReportingOverflow(digit)
            if overflow || carried { return nil }
            value = sum
        }
        return value
    }
}

extension Int: SQLDecodable {}
extension Int16: SQLDecodable {}
extension Int32: SQLDecodable {}
extension Int64: SQLDecodable {}
extension UInt8: SQLDecodable {}

extension Double: SQLDecodable {
    package static func decode(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
        Double(String(decoding: text, as: UTF8.self))
    }
}

extension UUID: SQLDecodable {
    package static func decode(_ text: UnsafeBufferPointer<UInt8>) -> UUID? {
        guard text.count == 36 else { return nil }
        var bytes: uuid_t = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
        let read = withUnsafeMutableBytes(of: &bytes) { target in
            var position = 0
            for index in 0..<16 {
                if index == 4 || index == 6 || index == 8 || index == 10 {
                    guard text[position] == UInt8(ascii: "-") else { return false }
                    position += 1
                }
                guard let byte = Hexadecimal.byte(text[position], text[position + 1]) else { return false }
                target[index] = byte
                position += 2
            }
            return true
        }
        return read ? UUID(uuid: bytes) : nil
    }
}

extension Date: SQLDecodable {
    package static func decode(_ text: UnsafeBufferPointer<UInt8>) -> Date? {
        Timestamp.date(from: text)
    }
}

extension Data: SQLDecodable {
    package static func decode(_ text: UnsafeBufferPointer<UInt8>) -> Data? {
        Hexadecimal.bytes(text).map { Data($0) }
    }
}

extension Array: SQLDecodable where Element: SQLArrayElement {
    package static func decode(_ text: UnsafeBufferPointer<UInt8>) -> [Element]? {
        Element.decode(array: text)
    }
}

extension SQLDecodable where Self: RawRepresentable, RawValue: SQLDecodable {
    package static func decode(_ text: UnsafeBufferPointer<UInt8>) -> Self? {
        RawValue.decode(text).flatMap(Self.init(rawValue:))
    }
}
