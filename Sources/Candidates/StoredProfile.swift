import Foundation
import Kernel
import Postgres

/// The row of `candidates`: what the candidate said, nothing else.
struct StoredProfile: Sendable {
    let headline: String?
    let summary: String?
    let location: String?
    let skills: [String]?
    let preferences: Preferences
    let jobSearchMode: JobSearchMode
    let visibility: Visibility
    let version: Int
}

extension StoredProfile {
    init(_ row: Row) throws {
        self.init(
            headline: try row("headline"),
            summary: try row("summary"),
            location: try row("location"),
            skills: try row("skills"),
            preferences: try row.json("preferences"),
            jobSearchMode: try row("job_search_mode"),
            visibility: try row("visibility"),
            version: try row("version")
        )
    }
}
