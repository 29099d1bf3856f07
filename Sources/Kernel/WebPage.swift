/// A capability's own page, or one of its files: embedded in the program and served at its address under the console's policy, so a page
/// loads scripts and styles from this server only, and none inline.
package struct WebPage: Sendable {
    package let path: String
    /// The file extension that tells a browser what it is: `html`, `js`.
    package let kind: String
    package let bytes: [UInt8]

    /// `path` is the whole address; for a page it may leave out the file's name.
    package init(_ path: String, kind: String, _ bytes: [UInt8]) {
        self.path = path
        self.kind = kind
        self.bytes = bytes
    }
}
