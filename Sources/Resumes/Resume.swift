package import Foundation
package import Kernel
import Postgres
package import ResumeParsing

/// A candidate's resume: the original file, kept unchanged, and what was read from it.
package struct Resume: Codable, Sendable, Versioned {
    package let id: Identifier<Resume>
    package let title: String
    package let status: ResumeStatus
    package let fileName: String
    package let mediaType: String
    package let size: Int
    package let linkedinUrl: String?
    /// Why nothing could be read, worded for the candidate.
    package let problem: String?
    package let version: Int
    package let createdAt: Date
    package let updatedAt: Date
}

package enum ResumeStatus: String, Codable, CaseIterable, Sendable, SQLEncodable, SQLDecodable {
    case uploaded, parsed, failed
}

/// A resume with what was read from it, each part with a confidence: one flat object.
package struct ResumeView: Codable, Sendable, Versioned {
    package let resume: Resume
    package let parsed: ParsedResume?
    package var version: Int { resume.version }

    init(resume: Resume, parsed: ParsedResume?) {
        self.resume = resume
        self.parsed = parsed
    }
}

extension ResumeView {
    private enum CodingKeys: String, CodingKey {
        case parsed
    }

    package init(from decoder: any Decoder) throws {
        resume = try Resume(from: decoder)
        parsed = try decoder.container(keyedBy: CodingKeys.self).decodeIfPresent(ParsedResume.self, forKey: .parsed)
    }

    package func encode(to encoder: any Encoder) throws {
        try resume.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(parsed, forKey: .parsed)
    }
}
