package import Blobs
package import Documents
package import Kernel
package import Postgres
package import ResumeParsing

/// Candidates' resumes: received, stored, and read in the background.
package struct Resumes: Capability {
    let store: TenantStore
    let blobs: BlobStore
    let reader: DocumentReader

    package init(store: TenantStore, blobs: BlobStore, reader: DocumentReader) {
        self.store = store
        self.blobs = blobs
        self.reader = reader
    }

    package static var events: [any Event.Type] { [ResumeUploaded.self, ResumeParsed.self, ResumeUnreadable.self] }

    package static var blobs: [BlobColumn] { [BlobColumn("resumes", "blob_key")] }

    package var work: [WorkHandler] { [WorkHandler(parse)] }

    package var meters: [Meter] {
        let limits = Tier.allCases.reduce(into: [Tier: Int]()) { $0[$1] = ResumePlan.limit($1) }
        return [Meter("resumes", limits: limits) { ResumeQueries.count(of: $0.user, tenant: $0.tenant) }]
    }

    package static var part: APIPart { .hiring }
    package static var limits: [LimitClass] { [.resumePlatform, .resumeReading, .applying] }

    /// The resume that goes with an application: the named one, else the latest. Nil if the candidate has none.
    package func latest(
        of owner: Identifier<User>,
        resume: Identifier<Resume>?,
        in tx: TenantTransaction
    ) async throws(Failure) -> Reading? {
        try Self.latest(try await tx.query(ResumeQueries.reading(of: owner, resume: resume, tenant: tx.tenant)))
    }

    /// What `latest` reads, for whoever reads more in the same round trip.
    package static func statement(forLatestOf owner: Identifier<User>, tenant: Identifier<Tenant>) -> SQL {
        ResumeQueries.reading(of: owner, resume: nil, tenant: tenant)
    }

    package static func latest(_ rows: Rows) throws(Failure) -> Reading? {
        guard let row = rows.first else { return nil }
        return try reading { Reading(resume: try row("id"), status: try row("status"), parsed: try row.jsonIfPresent("parsed")) }
    }

    /// All of a candidate's resumes with what was read from them.
    package func all(of candidate: CandidateUser) async throws(Failure) -> [ResumeView] {
        let rows = try await store.query(as: candidate, ResumeQueries.all(of: candidate.user, tenant: candidate.tenant))
        return try rows.decoded { ResumeView(resume: try Resume($0), parsed: try $0.jsonIfPresent("parsed")) }
    }

    func count(of owner: Identifier<User>, as principal: some Principal) async throws(Failure) -> Int {
        let rows = try await store.query(as: principal, ResumeQueries.count(of: owner, tenant: principal.tenant))
        return try reading { try rows.first.map { try $0("count") } ?? 0 }
    }
}

/// How far a resume has been read.
package struct Reading: Sendable {
    package let resume: Identifier<Resume>
    package let status: ResumeStatus
    package let parsed: ParsedResume?
}

/// How many resumes each tier may keep.
package enum ResumePlan {
    package static func limit(_ tier: Tier) -> Int? {
        switch tier {
        case .free: 5
        case .premium: 50
        case .enterprise: nil
        }
    }
}
