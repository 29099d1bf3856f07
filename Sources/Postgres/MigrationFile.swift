import FoundationEssentials

/// One numbered file, `0001_name.sql`. It runs in a transaction unless its first line is `-- no-transaction`; then it must be
/// a single statement that may be run twice, since it can succeed without being recorded.
struct MigrationFile: Sendable {
    static let marker = "-- no-transaction"

    let number: Int
    let name: String
    let text: String

    var isTransactional: Bool { !text.hasPrefix(Self.marker) }

    /// In order, numbered from 1 without gaps.
    static func all(in directory: String) throws(MigrationError) -> [MigrationFile] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: directory).filter { $0.hasSuffix(".sql") }.sorted()
        } catch {
            throw .unreadable(directory, "\(error)")
        }
        var files: [MigrationFile] = []
        for name in names { files.append(try MigrationFile(directory: directory, fileName: name)) }
        for (index, file) in files.enumerated() where file.number != index + 1 {
            throw .outOfOrder(file.name, expected: index + 1)
        }
        return files
    }

    private init(directory: String, fileName: String) throws(MigrationError) {
        let stem = fileName.dropLast(".sql".count)
        let parts = stem.split(separator: "_", maxSplits: 1)
        guard parts.count == 2, parts[0].utf8.count == 4, let number = Int(parts[0]) else { throw .misnamed(fileName) }
        self.number = number
        name = String(stem)
        do {
            text = try String(contentsOfFile: directory + "/" + fileName, encoding: .utf8)
        } catch {
            throw .unreadable(fileName, "\(error)")
        }
    }
}

package enum MigrationError: Error, CustomStringConvertible {
    case unreadable(String, String)
    case misnamed(String)
    case outOfOrder(String, expected: Int)
    case changed(String)
    case vanished(String)
    case failed(String, PostgresError)
    case database(PostgresError)

    package var description: String {
        switch self {
        case .unreadable(let path, let reason): "\(path) cannot be read: \(reason)"
        case .misnamed(let file): "\(file) is not named like 0001_name.sql"
        case .outOfOrder(let name, let expected): "\(name) is out of order: number \(expected) was expected"
        case .changed(let name): "\(name) was applied and has been changed since"
        case .vanished(let name): "\(name) was applied and its file is gone"
        case .failed(let name, let error): "\(name) failed: \(error)"
        case .database(let error): "\(error)"
        }
    }
}
