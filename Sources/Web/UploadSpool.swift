import Foundation
import Kernel
import NIOPosix

/// An upload on its way in: written to the upload directory under a name of ours, deleted after the request.
struct UploadSpool {
    let path: String
    private let descriptor: Int32
    private(set) var size = 0

    init(in directory: String) async throws(Failure) {
        let path = directory + "/upload-" + Identifier<UploadSpool>().description
        do {
            descriptor = try await NIOThreadPool.singleton.runIfActive {
                let descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
                guard descriptor >= 0 else { throw SpoolError(step: "open", number: errno) }
                return descriptor
            }
        } catch {
            throw .internal(error)
        }
        self.path = path
    }

    mutating func write(_ bytes: ArraySlice<UInt8>) async throws(Failure) {
        let descriptor = descriptor
        do {
            try await NIOThreadPool.singleton.runIfActive {
                var rest = bytes
                while !rest.isEmpty {
                    let written = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
                    guard written > 0 || errno == EINTR else { throw SpoolError(step: "write", number: errno) }
                    rest = rest.dropFirst(max(0, written))
                }
            }
        } catch {
            throw .internal(error)
        }
        size += bytes.count
    }

    func closeFile() {
        close(descriptor)
    }

    /// Creates the directory, and clears it of what a killed server left: no request lasts an hour.
    static func prepare(_ directory: String) throws {
        let files = FileManager.default
        try files.createDirectory(atPath: directory, withIntermediateDirectories: true)
        for name in try files.contentsOfDirectory(atPath: directory) where name.hasPrefix("upload-") {
            let path = directory + "/" + name
            let attributes = try? files.attributesOfItem(atPath: path)
            if let changed = attributes?[.modificationDate] as? Date, changed < Date(timeIntervalSinceNow: -3600) { remove(path) }
        }
    }

    static func remove(_ path: String) {
        unlink(path)
    }
}

/// The upload directory can't be used.
private struct SpoolError: Error {
    let step: String
    let number: Int32
}
