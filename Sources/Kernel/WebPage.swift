/// A page of a capability's own, or one of its files: embedded in the program and served at its address under the console's policy, so a page
/// loads scripts and styles from this server alone, and none that stand inline.
package struct WebPage: Sendable {
    package let path: String
    /// By which a browser knows what it is: `html`, `js`.
    package let kind: String
    package let bytes: [UInt8]

    /// `path` is the whole address; a page's own may leave out the name of the file.
    package init(_ path: String, kind: String, _ bytes: [UInt8]) {
        self.path = path
        self.kind = kind
        self.bytes = bytes
    }
}
