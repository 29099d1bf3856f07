/// What the server needs of a mail that came in, as `mail-reader` prints it. All of it is a stranger's word.
package struct ReadMail: Codable, Sendable {
    /// A recipient that a report names (RFC 3464, 2.3).
    package struct Failure: Codable, Sendable {
        package let recipient: String?
        package let action: String?
        package let status: String?
        package let diagnostic: String?
    }

    /// An answer to an invitation (RFC 5546, 3.2.3).
    package struct Reply: Codable, Sendable {
        package let method: String?
        package let uid: String?
        package let sequence: Int
        package let attendee: String?
        /// `ACCEPTED`, `DECLINED`, `TENTATIVE` or another.
        package let status: String
        package let comment: String?
        /// Seconds since 1970.
        package let stamp: Int?
        package let start: Int?
    }

    package let failures: [Failure]
    package let replies: [Reply]
}
