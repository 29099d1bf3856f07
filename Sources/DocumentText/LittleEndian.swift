import Foundation

extension Data {
    /// An unsigned little-endian integer at an offset from the start; nil if the data is too short.
    func littleEndian<Value: FixedWidthInteger & UnsignedInteger>(_ type: Value.Type, at offset: Int) -> Int? {
        let width = Value.bitWidth / 8
        guard offset >= 0, offset <= count - width else { return nil }
        var value: UInt64 = 0
        for index in (0..<width).reversed() {
            value = value << 8 | UInt64(self[startIndex + offset + index])
        }
        return Int(exactly: value)
    }
}
