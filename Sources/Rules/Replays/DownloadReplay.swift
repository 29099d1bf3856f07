import Foundation
import Kernel

extension Rules {
    private static let batch = 1000

    /// All differences as a table of comma-separated values (RFC 4180).
    func downloadReplay(_ input: ShowReplay, by admin: TenantAdmin) async throws(Failure) -> FileDownload {
        let replay = try await replay(input.id, for: admin)
        do {
            let file = try DifferenceFile(in: exports)
            var last = 0
            while true {
                let found = try await differences(of: replay.id, after: last, limit: Self.batch, for: admin)
                guard let end = found.last else { break }
                try file.write(found)
                last = end.number
            }
            try file.close()
            return FileDownload(path: file.path, name: "replay-\(replay.id).csv", mediaType: "text/csv; charset=utf-8")
        } catch {
            throw Failure(error)
        }
    }
}

/// A file for one download. The next download removes files older than an hour.
private struct DifferenceFile {
    private static let life: TimeInterval = 3600
    private static let heading = [
        "number", "event", "occurredAt", "subjectKind", "subjectId", "subject", "kinds", "outcome", "reason", "would", "did", "approximate",
        "eventId",
    ]

    let path: String
    private let handle: FileHandle

    init(in folder: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        Self.clear(folder)
        path = "\(folder)/\(UUID().uuidString.lowercased()).csv"
        guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
            let handle = FileHandle(forWritingAtPath: path)
        else { throw CocoaError(.fileWriteUnknown) }
        self.handle = handle
        try handle.write(contentsOf: Data(CSV.line(Self.heading).utf8))
    }

    func write(_ differences: [DifferenceView]) throws {
        let lines = differences.map { difference in
            CSV.line([
                "\(difference.number)", difference.event, Timestamp.text(difference.occurredAt), difference.subjectKind,
                difference.subjectId.uuidString.lowercased(), difference.label, difference.kinds.map(\.rawValue).joined(separator: " "),
                difference.outcome.rawValue, difference.reason ?? "", difference.would.text, difference.did.text,
                difference.isApproximate ? "yes" : "no", difference.eventId.description,
            ])
        }
        try handle.write(contentsOf: Data(lines.joined().utf8))
    }

    func close() throws { try handle.close() }

    private static func clear(_ folder: String) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
            let path = "\(folder)/\(name)"
            let made = try? FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
            if let made, made < Date(timeIntervalSinceNow: -life) { try? FileManager.default.removeItem(atPath: path) }
        }
    }
}
