import Foundation

/// The directory of an OLE2 compound file, which is the format of a DOC. Only names and first sectors are read, not the text.
struct CompoundFile {
    struct Stream {
        let name: String
        let firstSector: Int
    }

    static let magic = Data([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])

    private let data: Data
    private let sectorSize: Int
    private let streams: [Stream]

    // [MS-CFB] 2.2: the header. Sector numbers count from the end of the header, which fills the first sector.
    init?(_ data: Data) {
        guard
            let shift = data.littleEndian(UInt16.self, at: 30), shift == 9 || shift == 12,
            let firstDirectorySector = data.littleEndian(UInt32.self, at: 48)
        else { return nil }
        self.data = data
        sectorSize = 1 << shift
        streams = Self.directory(of: data, sectorSize: sectorSize, first: firstDirectorySector)
        if streams.isEmpty { return nil }
    }

    func stream(_ name: String) -> Stream? {
        streams.first { $0.name == name }
    }

    /// [MS-DOC] 2.5.2, FibBase: the bit fEncrypted is 0x0100 of the flags at offset 10.
    func isEncryptedWordDocument(_ stream: Stream) -> Bool {
        guard let flags = data.littleEndian(UInt16.self, at: (stream.firstSector + 1) * sectorSize + 10) else { return false }
        return flags & 0x0100 != 0
    }

    private static func directory(of data: Data, sectorSize: Int, first: Int) -> [Stream] {
        var streams: [Stream] = []
        var sector = first
        // A directory of 64 sectors lists 256 streams or more; a Word document has about ten. The limit also ends a circular chain.
        for _ in 0..<64 {
            let start = (sector + 1) * sectorSize
            guard sector < data.count / sectorSize, start + sectorSize <= data.count else { break }
            streams += stride(from: start, to: start + sectorSize, by: 128).compactMap { stream(in: data, at: $0) }
            guard let next = successor(of: sector, in: data, sectorSize: sectorSize) else { break }
            sector = next
        }
        return streams
    }

    // [MS-CFB] 2.6.1: a directory entry is 128 bytes; the name is UTF-16 with a terminating zero that its length counts.
    private static func stream(in data: Data, at offset: Int) -> Stream? {
        guard
            let length = data.littleEndian(UInt16.self, at: offset + 64), (4...64).contains(length),
            let firstSector = data.littleEndian(UInt32.self, at: offset + 116)
        else { return nil }
        let units = (0..<length / 2 - 1).compactMap { data.littleEndian(UInt16.self, at: offset + $0 * 2) }
        return Stream(name: String(decoding: units.map { UInt16($0) }, as: UTF16.self), firstSector: firstSector)
    }

    // The first 109 sectors of the allocation table are named in the header; they cover 6.8 MB, and directories lie near the front.
    private static func successor(of sector: Int, in data: Data, sectorSize: Int) -> Int? {
        let perSector = sectorSize / 4
        guard
            sector / perSector < 109,
            let table = data.littleEndian(UInt32.self, at: 76 + sector / perSector * 4), table < data.count / sectorSize,
            let next = data.littleEndian(UInt32.self, at: (table + 1) * sectorSize + sector % perSector * 4), next < 0xffff_fffa
        else { return nil }
        return next
    }
}
