internal import CArchive
import Documents
import Foundation

/// Members of a ZIP archive, unpacked by libarchive.
enum ZipMembers {
    private static let chunk = 64 << 10

    /// The named members as text, if the archive has them. Throws `expandsTooFar` if they unpack to more than `limit` together.
    static func read(_ names: [String], of file: Data, limit: Int) throws(DocumentError) -> [String: String] {
        guard let archive = archive_read_new() else { throw .broken }
        defer { archive_read_free(archive) }
        archive_read_support_format_zip(archive)
        let bytes = [UInt8](file)
        do {
            // The archive reads from the bytes until it is freed, so all of it happens inside.
            return try bytes.withUnsafeBytes { raw in
                guard archive_read_open_memory(archive, raw.baseAddress, raw.count) == ARCHIVE_OK else { throw DocumentError.broken }
                return try members(names, of: archive, limit: limit)
            }
        } catch {
            throw error as? DocumentError ?? .broken
        }
    }

    private static func members(_ names: [String], of archive: OpaquePointer, limit: Int) throws -> [String: String] {
        var found: [String: String] = [:]
        var left = limit
        var entry: OpaquePointer?
        // Despite a warning, such as about conflicting sizes, a member is readable.
        while found.count < names.count, [ARCHIVE_OK, ARCHIVE_WARN].contains(archive_read_next_header(archive, &entry)) {
            guard let path = archive_entry_pathname(entry) else { continue }
            let name = String(cString: path)
            // The first with a name counts, as for the programs that open the document.
            guard names.contains(name), found[name] == nil else { continue }
            let member = try data(of: archive, limit: left)
            left -= member.count
            found[name] = String(decoding: member, as: UTF8.self)
        }
        return found
    }

    private static func data(of archive: OpaquePointer, limit: Int) throws -> [UInt8] {
        var data: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: chunk)
        while true {
            let count = archive_read_data(archive, &buffer, buffer.count)
            guard count >= 0 else { throw DocumentError.broken }
            if count == 0 { return data }
            data += buffer[..<count]
            guard data.count <= limit else { throw DocumentError.expandsTooFar }
        }
    }
}
