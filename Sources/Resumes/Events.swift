import Documents
import Foundation
package import Kernel

package struct ResumeFact: Codable, Sendable {
    package let id: Identifier<Resume>
    package let candidateId: Identifier<User>
    package let status: ResumeStatus
    package let mediaType: String

    static func sample(_ status: ResumeStatus) -> ResumeFact {
        let id = UUID(uuid: (1, 0x98, 0xC5, 0xA2, 0x7C, 0x1E, 0x7D, 0x3A, 0x9F, 0, 0x4B, 0x8E, 0x5D, 0x2F, 0x6A, 0x21))
        return ResumeFact(id: Identifier(id), candidateId: Identifier(id), status: status, mediaType: "application/pdf")
    }
}

package struct ResumeUploaded: Event {
    package static let name = "resume.uploaded"
    package static let summary = "A candidate uploaded a resume."
    package static var sample: Self { ResumeUploaded(resume: .sample(.uploaded)) }
    package let resume: ResumeFact
    package var subject: EventSubject { EventSubject("resume", resume.id) }
}

package struct ResumeParsed: Event {
    package static let name = "resume.parsed"
    package static let summary = "A resume was read into fields."
    package static var sample: Self { ResumeParsed(resume: .sample(.parsed), skills: ["Swift", "PostgreSQL"], yearsOfExperience: 7) }
    package let resume: ResumeFact
    package let skills: [String]
    package let yearsOfExperience: Double?
    package var subject: EventSubject { EventSubject("resume", resume.id) }
}

package struct ResumeUnreadable: Event {
    package static let name = "resume.unreadable"
    package static let summary = "Nothing could be read from a resume; its file is kept."
    package static var sample: Self { ResumeUnreadable(resume: .sample(.failed), problem: DocumentError.tookTooLong.explanation) }
    package let resume: ResumeFact
    /// Why, worded for the candidate.
    package let problem: String
    package var subject: EventSubject { EventSubject("resume", resume.id) }
}
