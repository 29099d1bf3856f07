package import Foundation

/// A file attached to a message. Its name is reduced to a bare file name, its media type is checked.
package struct MailAttachment: Codable, Equatable, Sendable {
    package let name: String
    package let type: String
    package let data: Data

    package init(name: String, type: String, data: Data) throws(MailError) {
        let parts = type.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(isAtomByte) }) else {
            throw MailError(.invalid, "'\(type.prefix(80))' is not a media type")
        }
        let last = singleLine(name).split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? "attachment"
        // A header line has 998 characters (RFC 5322, 2.1.1), and an escaped byte takes three.
        var name = last
        while name.utf8.count > 250 { name.removeLast() }
        self.name = String(name)
        self.type = type
        self.data = data
    }
}
