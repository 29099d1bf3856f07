import Foundation
import Identity
import Kernel
import Postgres

/// A staffing group with two companies and half a year of history, created through the capabilities' own operations in one transaction of
/// the operator: an interruption leaves nothing behind, and the tenant's own row says that it has been done.
struct DemoTenant: Sendable {
    static let code = "demo"
    static let password = "Demo-Pass-1"

    enum Outcome: Sendable {
        case seeded(jobs: Int, candidates: Int, applications: Int)
        case thereAlready
    }

    private let composition: Composition
    private let code: String
    private let now: Date
    private let jobs: [Vacancy]

    init(_ composition: Composition, code: String = DemoTenant.code, jobs: [Vacancy] = Vacancy.all, now: Date = Date()) {
        self.composition = composition
        self.code = code
        self.jobs = jobs
        // Whole seconds: PostgreSQL keeps microseconds, and a step's neighbors are minutes away.
        self.now = Date(timeIntervalSince1970: now.timeIntervalSince1970.rounded(.down))
    }

    func seed() async throws -> Outcome {
        let tenant = Identifier<Tenant>()
        let story = Story(of: jobs, endingAt: now)
        let hash = try await composition.identity.hash(Self.password)
        return try await composition.door.upkeep(in: tenant) { tx in
            guard try await insertTenant(tx.at(story.beginning)) else { return .thereAlready }
            let stage = DemoStage(composition, tx)
            let staff = try await DemoStaff(stage, passwordHash: hash, at: story.beginning)
            var player = StoryPlayer(story, stage: stage, staff: staff, passwordHash: hash)
            for step in story.steps { try await player.perform(step) }
            let admin = staff.caller(.admin, at: .northlight)
            try await DemoPrivacy(stage: stage, story: story, passwordHash: hash, admin: admin, now: now).play()
            // Whom a recruiter met elsewhere.
            for (days, person) in Self.sourced {
                try await stage.perform(
                    "POST /companies/{id}/candidates",
                    by: staff.caller(.recruiter, at: .northlight),
                    at: now.addingTimeInterval(-Double(days: days)),
                    id: staff.company(.northlight),
                    person
                )
            }
            // Work that was queued for the past: resumes that have since been read, invitations to interviews long over.
            tx.queue(DemoQueries.forgetWork(tenant: tx.tenant))
            tx.queue(Identity.tellStandingChanged(tx.tenant))
            return .seeded(jobs: story.jobs.count, candidates: story.candidates.count, applications: story.applications.count)
        }
    }

    /// Candidates whom a recruiter met, and who have no account. The second has a namesake's number.
    private static let sourced: [(Double, JSON)] = [
        (
            12,
            [
                "firstName": "Ingrid", "lastName": "Solberg", "email": "ingrid.solberg@people.example", "phone": "+47 22 123456",
                "headline": "Platform engineer", "location": "Oslo", "source": "meetup", "tags": ["kubernetes", "speaker"],
                "note": "Gave the talk on draining nodes. Looks around from spring on.",
            ]
        ),
        (
            3,
            [
                "firstName": "Ingrid", "lastName": "Solberg", "phone": "+47 22 12 34 56", "location": "Oslo", "source": "referral",
                "tags": ["kubernetes"],
            ]
        ),
        (2, ["firstName": "Kofi", "lastName": "Mensah", "email": "kofi.mensah@people.example", "source": "agency"]),
    ]

    /// False if the code is taken: then the demo exists, or somebody's own tenant, which is left alone.
    private func insertTenant(_ tx: TenantTransaction) async throws -> Bool {
        guard try await tx.asOperator(DemoQueries.insertTenant(tx.tenant, code: code, now: tx.now)).affectedRows > 0 else { return false }
        try await tx.asOperator(DemoQueries.insertName(code, of: tx.tenant))
        return true
    }
}

extension DemoTenant.Outcome {
    var words: String {
        switch self {
        case .seeded(let jobs, let candidates, let applications):
            "Created the tenant \(DemoTenant.code): \(jobs) jobs, \(candidates) candidates, \(applications) applications."
        case .thereAlready: "The tenant \(DemoTenant.code) already exists; nothing was changed."
        }
    }
}
