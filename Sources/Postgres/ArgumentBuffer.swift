/// Lays out a statement's binds as libpq wants them, in memory that is reused for the next one.
struct ArgumentBuffer {
    private var bytes: [UInt8] = []
    private var offsets: [Int] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []
    private var pointers: [UnsafePointer<CChar>?] = []

    struct Arguments {
        let count: Int32
        let values: UnsafePointer<UnsafePointer<CChar>?>?
        let lengths: UnsafePointer<Int32>?
        let formats: UnsafePointer<Int32>?
    }

    mutating func load(_ binds: [SQLValue]) {
        bytes.removeAll(keepingCapacity: true)
        offsets.removeAll(keepingCapacity: true)
        lengths.removeAll(keepingCapacity: true)
        formats.removeAll(keepingCapacity: true)
        for bind in binds { load(bind) }
    }

    private mutating func load(_ bind: SQLValue) {
        let offset = bytes.count
        switch bind {
        case .null:
            offsets.append(-1)
            formats.append(0)
        case .text(let text):
            offsets.append(offset)
            formats.append(0)
            bytes.append(contentsOf: text.utf8)
            bytes.append(0)
        case .bytes(let blob):
            offsets.append(offset)
            formats.append(1)
            bytes.append(contentsOf: blob)
            // Keeps the pointer of an empty value inside the buffer.
            bytes.append(0)
        }
        lengths.append(Int32(clamping: bytes.count - offset - 1))
    }

    /// The pointers are valid inside the closure only.
    mutating func withArguments(_ body: (Arguments) -> Int32) -> Int32 {
        pointers.removeAll(keepingCapacity: true)
        return bytes.withUnsafeBytes { bytes in
            let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
            for offset in offsets { pointers.append(offset < 0 ? nil : start.map { $0 + offset }) }
            return pointers.withUnsafeBufferPointer { pointers in
                lengths.withUnsafeBufferPointer { lengths in
                    formats.withUnsafeBufferPointer { formats in
                        body(
                            Arguments(
                                count: Int32(pointers.count),
                                values: pointers.baseAddress,
                                lengths: lengths.baseAddress,
                                formats: formats.baseAddress
                            )
                        )
                    }
                }
            }
        }
    }
}
