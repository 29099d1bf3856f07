import Foundation
import Kernel

/// Reading and writing files, with failures that name them.
enum Disk {
    static func text(_ path: String) throws(CommandError) -> String {
        guard let text = String(validating: try bytes(path), as: UTF8.self) else { throw CommandError("\(path): Is not UTF-8.") }
        return text
    }

    static func bytes(_ path: String) throws(CommandError) -> Data {
        do { return try Data(contentsOf: URL(fileURLWithPath: path)) } catch { throw CommandError("\(displayed(path)): Can't be read.") }
    }

    /// Reads a JSON file, which must not contain anything that its type doesn't know.
    static func strict<Value: Decodable>(_ type: Value.Type, at path: String) throws(CommandError) -> Value {
        let bytes = try bytes(path)
        do {
            return try InputSource(body: JSON(parsing: bytes)).decode(Value.self)
        } catch let failure as Failure {
            let fields = failure.details.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.string ?? $0.value.text)" }
            throw CommandError("\(displayed(path)): \(fields.joined(separator: " "))")
        } catch {
            throw CommandError("\(displayed(path)): \(error)")
        }
    }

    /// Writes the whole file or nothing.
    static func write(_ text: String, to path: String) throws(CommandError) {
        do { try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic) } catch {
            throw CommandError("\(displayed(path)): Can't be written.")
        }
    }

    static func makeFolder(_ path: String) throws(CommandError) {
        do { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) } catch {
            throw CommandError("\(displayed(path)): Can't be created.")
        }
    }

    static func remove(_ path: String) throws(CommandError) {
        guard exists(path) else { return }
        do { try FileManager.default.removeItem(atPath: path) } catch { throw CommandError("\(displayed(path)): Can't be removed.") }
    }

    static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    static func isDirectory(_ path: String) -> Bool {
        var isDirectory: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory.boolValue
    }

    /// The names in a folder, in order; none if the folder doesn't exist.
    static func files(in folder: String, ending suffix: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { !$0.hasPrefix(".") && $0.hasSuffix(".\(suffix)") }.sorted()
    }

    static func folders(in folder: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { !$0.hasPrefix(".") && isDirectory("\(folder)/\($0)") }.sorted()
    }

    /// Relative to the current directory if it is below it, as people write it.
    static func displayed(_ path: String) -> String {
        let here = FileManager.default.currentDirectoryPath + "/"
        return path.hasPrefix(here) ? String(path.dropFirst(here.count)) : path
    }
}
