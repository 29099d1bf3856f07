import Foundation

/// Writes encodable values as JSON bytes straight into a buffer. `JSONEncoder` builds a tree of boxes first, which was the largest part of
/// an answer. Containers may be requested in any order that `Encodable` allows, but what a container writes is final.
final class WireWriter {
    // Behind a pointer, because each access to a class's variable is checked for exclusivity at run time, which took a quarter of all the
    // time here. The pointer is private, and nothing that runs during an access comes back to this writer.
    private let buffer: UnsafeMutablePointer<[UInt8]>

    init() {
        buffer = .allocate(capacity: 1)
        buffer.initialize(to: [])
        buffer.pointee.reserveCapacity(1024)
    }

    deinit {
        buffer.deinitialize(count: 1)
        buffer.deallocate()
    }

    var bytes: [UInt8] { buffer.pointee }

    func put(_ byte: Unicode.Scalar) { buffer.pointee.append(UInt8(ascii: byte)) }

    func write(literal text: StaticString) {
        buffer.pointee.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    func write(_ number: some BinaryInteger) { buffer.pointee.append(contentsOf: String(number).utf8) }

    func write(_ number: Double) throws {
        guard number.isFinite else {
            throw EncodingError.invalidValue(number, .init(codingPath: [], debugDescription: "JSON has no such number."))
        }
        buffer.pointee.append(contentsOf: number.description.utf8)
    }

    func write(_ text: String) {
        put("\"")
        var text = text
        text.withUTF8 { utf8 in
            var start = 0
            for index in utf8.indices where utf8[index] < 0x20 || utf8[index] == 0x22 || utf8[index] == 0x5C {
                buffer.pointee.append(contentsOf: utf8[start..<index])
                escape(utf8[index])
                start = index + 1
            }
            buffer.pointee.append(contentsOf: utf8[start...])
        }
        put("\"")
    }

    private func escape(_ byte: UInt8) {
        put("\\")
        switch byte {
        case 0x22, 0x5C: buffer.pointee.append(byte)
        case 0x0A: put("n")
        case 0x0D: put("r")
        case 0x09: put("t")
        default:
            write(literal: "u00")
            buffer.pointee.append(Self.digits[Int(byte >> 4)])
            buffer.pointee.append(Self.digits[Int(byte & 0xF)])
        }
    }

    func write(_ date: Date) {
        put("\"")
        Timestamp.append(date, to: &buffer.pointee)
        put("\"")
    }

    func write(_ uuid: UUID) {
        put("\"")
        withUnsafeBytes(of: uuid.uuid) { octets in
            for (index, octet) in octets.enumerated() {
                if index == 4 || index == 6 || index == 8 || index == 10 { put("-") }
                buffer.pointee.append(Self.digits[Int(octet >> 4)])
                buffer.pointee.append(Self.digits[Int(octet & 0xF)])
            }
        }
        put("\"")
    }

    private static let digits = Array("0123456789abcdef".utf8)

    /// Any value on its own. Comparing metatypes first is several times faster than a chain of casts.
    func encode<Value: Encodable>(_ value: Value) throws {
        let type = ObjectIdentifier(Value.self)
        if type == ObjectIdentifier(String.self), let text = value as? String { return write(text) }
        if type == ObjectIdentifier(Date.self), let date = value as? Date { return write(date) }
        if type == ObjectIdentifier(UUID.self), let uuid = value as? UUID { return write(uuid) }
        if type == ObjectIdentifier(JSON.self), let json = value as? JSON { return json.write(into: &buffer.pointee) }
        if type == ObjectIdentifier(Data.self), let data = value as? Data { return write(data.base64EncodedString()) }
        if type == ObjectIdentifier(URL.self), let url = value as? URL { return write(url.absoluteString) }
        let scope = WireScope(self)
        try value.encode(to: WireEncoder(scope: scope))
        scope.close()
    }
}
