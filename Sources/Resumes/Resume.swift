package import Foundation
package import Kernel
import Postgres

/// A candidate's resume: the original file, kept as it came, and what was read out of it.
package struct Resume: Codable, Sendable, Versioned {
    package let id: Identifier<Resume>
    package let title: String
    package let status: ResumeStatus
    package let fileName: String
    package let mediaType: String
    package let size: Int
    package let linkedinUrl: String?
    /// Why nothing could be read, in words for the candidate.
    package let problem: String?
    package let version: Int
    package let createdAt: Date
    package let updatedAt: Date
}

package enum ResumeStatus: String, Codable, CaseIterable, Sendable, SQLEncodable, SQLDecodable {
    case uploaded, parsed, failed
}

/// A resume with what was read out of it, each piece with how sure the reading is.
package struct ResumeView: Codable, Sendable, Versioned {
    package let resume: Resume
    package let parsed: ParsedResume?
    package var version: Int { resume.version }
}
