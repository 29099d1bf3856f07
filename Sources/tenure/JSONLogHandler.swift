import Foundation
import Kernel
import Logging

/// Logs one JSON object per line to standard error, for log collectors.
struct JSONLogHandler: LogHandler {
    let label: String
    var logLevel = Logger.Level.info
    var metadata: Logger.Metadata = [:]

    init(label: String) {
        self.label = label
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var members: [String: JSON] = [:]
        for (key, value) in metadata.merging(event.metadata ?? [:], uniquingKeysWith: { _, later in later }) {
            members[key] = .string("\(value)")
        }
        members["time"] = .string(Timestamp.text(Date()))
        members["level"] = .string(event.level.rawValue)
        members["message"] = .string("\(event.message)")
        members["source"] = .string(event.source)
        FileHandle.standardError.write(Data(JSON.object(members).canonicalBytes + [UInt8(ascii: "\n")]))
    }
}
