import DocumentText
import Documents
import Foundation

extension Construct {
    private static func container(_ name: String, _ count: Int, _ data: @escaping @Sendable (Int) -> Data) -> Self {
        Construct(name: name, count: count) { count in
            let data = data(count)
            return {
                guard let kind = DocumentKind(firstBytes: data) else { return 0 }
                return (try? OpenDocument(file: data, tools: [], limits: .standard).text(as: kind)) == nil ? 0 : 1
            }
        }
    }

    static let containers = [
        container("members of an archive", 100) { archive((0..<$0).map { "word/part\($0).xml" }) },
        container("members of long names", 20) { archive((0..<$0).map { String(repeating: "word/", count: 40) + "\($0)" }) },
        container("ends of an archive", 200) { Data("PK\u{3}\u{4}".utf8) + Data(String(repeating: "PK\u{5}", count: $0).utf8) },
        container("sectors of a directory", 7) { compoundFile(sectors: $0, circular: false) },
        container("a directory that is a circle", 7) { compoundFile(sectors: $0, circular: true) },
    ]

    // PKWARE APPNOTE 4.3.12 and 4.3.16: central headers and the end record; the members themselves are never read.
    private static func archive(_ names: [String]) -> Data {
        var data = Data("PK\u{3}\u{4}".utf8)
        let start = data.count
        for name in names {
            data += Data("PK\u{1}\u{2}".utf8) + Data(count: 24) + little(name.utf8.count, 2) + Data(count: 16) + Data(name.utf8)
        }
        return data + Data("PK\u{5}\u{6}".utf8) + Data(count: 6) + little(names.count, 2) + Data(count: 4) + little(start, 4)
            + Data(count: 2)
    }

    // [MS-CFB] 2.2, 2.3 and 2.6: a header, one sector of the allocation table, then the directory.
    private static func compoundFile(sectors: Int, circular: Bool) -> Data {
        var header = Data([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) + Data(count: 22) + little(9, 2) + Data(count: 16)
        header += little(1, 4) + Data(count: 24) + little(0, 4)
        header += Data(count: 512 - header.count)
        var table = little(0xffff_fffd, 4)
        for sector in 1...sectors { table += little(sector < sectors ? sector + 1 : circular ? 1 : 0xffff_fffe, 4) }
        table += Data(count: max(0, 512 - table.count))
        let entry = Data("A\0B\0C\0".utf8) + Data(count: 58) + little(8, 2) + Data(count: 62)
        return header + table + (0..<sectors * 4).reduce(into: Data()) { data, _ in data += entry }
    }

    private static func little(_ value: Int, _ width: Int) -> Data {
        Data((0..<width).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) })
    }
}
