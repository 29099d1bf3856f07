import Foundation

/// What happened in the demo tenant, in order: decided in advance by a seeded generator, so that performing it takes no more decisions.
struct Story: Sendable {
    struct Step: Sendable {
        let moment: Date
        let kind: StepKind
    }

    /// Numbers are positions in the story's lists.
    enum StepKind: Sendable {
        case publishRules
        case drawPipeline(Vacancy.Course)
        case open(job: Int)
        case change(job: Int, Vacancy.FinalStatus)
        case join(candidate: Int)
        case apply(application: Int)
        case act(application: Int, Act)
    }

    struct Application: Sendable {
        let job: Int
        let candidate: Int
        let source: String
        let coverLetter: String?
        /// Key and value.
        let answers: [(String, String)]
    }

    let beginning: Date
    let jobs: [Vacancy]
    private(set) var candidates: [DemoCandidate] = []
    private(set) var applications: [Application] = []
    private(set) var steps: [Step] = []

    init(of jobs: [Vacancy] = Vacancy.all, endingAt now: Date) {
        self.jobs = jobs
        beginning = now.addingTimeInterval(-Double(days: 170))
        var author = Author(now: now, jobs: jobs)
        author.write(from: beginning)
        candidates = author.candidates
        applications = author.applications
        // Written application by application, performed day by day; the future is left to the visitor.
        steps = author.steps.enumerated()
            .filter { $0.element.moment < now }
            .sorted { ($0.element.moment, $0.offset) < ($1.element.moment, $1.offset) }
            .map(\.element)
    }
}

/// Something done about one application.
enum Act: Sendable {
    case rate(Int, Colleague)
    case note(String, kind: String, Colleague)
    case tag(String)
    /// To the job's stage of this category, if its pipeline has one.
    case move(String, reason: String?)
    case interview(kind: String, startsAt: Date)
    case scorecard(Colleague, recommendation: String, points: Int, comment: String)
    case conclude(passed: Bool)
    case offer(expiresAt: Date, startsOn: Date)
    case answer(accepts: Bool)
    case withdraw(reason: String)
    case rateCompany(Int, comment: String)
}

extension Double {
    init(days: Double) { self = days * 86_400 }
    init(hours: Double) { self = hours * 3600 }
    init(minutes: Double) { self = minutes * 60 }
}
