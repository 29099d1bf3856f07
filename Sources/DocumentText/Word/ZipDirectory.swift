import Foundation

/// The central directory of a ZIP archive: what it claims to contain. Claims are checked again when a member is unpacked.
struct ZipDirectory {
    struct Entry: Equatable {
        let name: String
        let isEncrypted: Bool
        let compressedSize: Int
        let expandedSize: Int
    }

    let entries: [Entry]

    func entry(_ name: String) -> Entry? {
        entries.first { $0.name == name }
    }

    // Offsets and signatures: PKWARE APPNOTE 6.3.10, sections 4.3.12 (central header) and 4.3.16 (end record).
    init?(of data: Data) {
        let tail = data.suffix(22 + 65_535)
        guard let end = tail.range(of: Data("PK\u{5}\u{6}".utf8), options: .backwards) else { return nil }
        let record = end.lowerBound - data.startIndex
        guard
            let total = data.littleEndian(UInt16.self, at: record + 10),
            var offset = data.littleEndian(UInt32.self, at: record + 16)
        else { return nil }
        var entries: [Entry] = []
        for _ in 0..<min(total, ReadingLimits.members) {
            guard let (entry, length) = Self.entry(in: data, at: offset) else { return nil }
            entries.append(entry)
            offset += length
        }
        self.entries = entries
    }

    private static func entry(in data: Data, at offset: Int) -> (Entry, length: Int)? {
        guard
            data.littleEndian(UInt32.self, at: offset) == 0x0201_4b50,
            let flags = data.littleEndian(UInt16.self, at: offset + 8),
            let compressed = data.littleEndian(UInt32.self, at: offset + 20),
            let expanded = data.littleEndian(UInt32.self, at: offset + 24),
            let nameLength = data.littleEndian(UInt16.self, at: offset + 28),
            let extraLength = data.littleEndian(UInt16.self, at: offset + 30),
            let commentLength = data.littleEndian(UInt16.self, at: offset + 32),
            offset + 46 + nameLength <= data.count
        else { return nil }
        let start = data.startIndex + offset + 46
        let name = String(decoding: data[start..<start + nameLength], as: UTF8.self)
        let entry = Entry(name: name, isEncrypted: flags & 1 == 1, compressedSize: compressed, expandedSize: expanded)
        return (entry, 46 + nameLength + extraLength + commentLength)
    }
}

extension ZipDirectory {
    init?(mapping path: String) {
        guard let data = try? Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe) else { return nil }
        self.init(of: data)
    }
}
