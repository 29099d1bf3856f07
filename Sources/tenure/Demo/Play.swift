import Foundation
import Kernel

/// Performs the story's steps, remembering the ids that earlier ones were given.
struct Play {
    private let story: Story
    private let stage: DemoStage
    private let staff: DemoStaff
    private let passwordHash: String
    private var dice = Dice(seed: 7)
    private var pipelines: [Vacancy.Course: String] = [:]
    private var jobs: [Int: String] = [:]
    private var applications: [Int: String] = [:]
    private var interviews: [Int: String] = [:]
    private var offers: [Int: String] = [:]

    init(_ story: Story, stage: DemoStage, staff: DemoStaff, passwordHash: String) {
        self.story = story
        self.stage = stage
        self.staff = staff
        self.passwordHash = passwordHash
    }

    mutating func perform(_ step: Story.Step) async throws {
        switch step.deed {
        case .publishRules: try await publishRules(at: step.moment)
        case .drawPipeline(let course): try await draw(course, at: step.moment)
        case .open(let job): try await open(job, at: step.moment)
        case .change(let job, let fate): try await change(job, to: fate, at: step.moment)
        case .join(let candidate): try await join(story.candidates[candidate], at: step.moment)
        case .apply(let application): try await apply(application, at: step.moment)
        case .act(let application, let act): try await perform(act, on: application, at: step.moment)
        }
    }

    private func publishRules(at moment: Date) async throws {
        let admin = staff.caller(.admin, at: .northlight)
        for (index, rule) in DemoRule.all.enumerated() {
            let moment = moment.addingTimeInterval(Double(minutes: Double(index)))
            try await rule.publish(by: admin, on: stage, at: moment)
        }
    }

    private mutating func draw(_ course: Vacancy.Course, at moment: Date) async throws {
        let admin = staff.caller(.admin, at: .northlight)
        pipelines[course] = try await stage.perform("POST /pipelines", by: admin, at: moment, course.json)["id"]?.string
    }

    private mutating func open(_ job: Int, at moment: Date) async throws {
        let vacancy = story.jobs[job]
        var body = vacancy.body(company: staff.company(vacancy.employer))
        body["pipelineId"] = pipelines[vacancy.course].map { .string($0) }
        let recruiter = staff.caller(.recruiter, at: vacancy.employer)
        jobs[job] = try await stage.perform("POST /jobs", by: recruiter, at: moment, .object(body))["id"]?.string
    }

    private func change(_ job: Int, to fate: Vacancy.Fate, at moment: Date) async throws {
        let recruiter = staff.caller(.recruiter, at: story.jobs[job].employer)
        if fate == .published {
            try await stage.perform("POST /jobs/{id}/publish", by: recruiter, at: moment, id: jobs[job], ["channels": ["careers-page"]])
        } else {
            try await stage.perform("PATCH /jobs/{id}", by: recruiter, at: moment, id: jobs[job], ["status": .string(fate.rawValue)])
        }
    }

    private mutating func join(_ candidate: DemoCandidate, at moment: Date) async throws {
        try await stage.addUser(candidate.account(passwordHash), at: moment)
        let caller = candidate.caller(in: stage.tenant)
        if candidate.hasResume {
            let name = "\(candidate.name) - resume.docx"
            let resume = candidate.resume(at: moment, &dice)
            try await stage.upload(resume, named: name, by: caller, at: moment.addingTimeInterval(Double(minutes: 2)))
        }
        try await stage.perform("PATCH /candidates/me", by: caller, at: moment.addingTimeInterval(Double(minutes: 4)), candidate.profile)
    }

    private mutating func apply(_ number: Int, at moment: Date) async throws {
        let application = story.applications[number]
        var body: [String: JSON] = [
            "source": .string(application.source),
            "answers": .array(application.answers.map { ["key": .string($0.0), "value": .string($0.1)] }),
        ]
        body["coverLetter"] = application.coverLetter.map { .string($0) }
        let caller = story.candidates[application.candidate].caller(in: stage.tenant)
        let route = "POST /jobs/{id}/apply"
        let answer = try await stage.perform(route, by: caller, at: moment, id: jobs[application.job], .object(body))
        applications[number] = answer["id"]?.string
    }
}

extension Play {
    private mutating func perform(_ act: Act, on number: Int, at moment: Date) async throws {
        switch act {
        case .rate(let points, let colleague):
            try await tell("POST /applications/{id}/rate", number, colleague, moment, ["rating": .integer(points)])
        case .note(let text, let kind, let colleague):
            try await tell("POST /applications/{id}/notes", number, colleague, moment, ["text": .string(text), "kind": .string(kind)])
        case .tag(let tag): try await tell("POST /applications/{id}/tags", number, .recruiter, moment, ["tag": .string(tag)])
        case .move(let category, let reason): try await move(number, to: category, reason, at: moment)
        case .interview, .scorecard, .conclude: try await interview(act, number, at: moment)
        case .offer, .answer: try await offer(act, number, at: moment)
        case .withdraw(let reason):
            try await tell("POST /applications/{id}/withdraw", number, nil, moment, ["reason": .string(reason)])
        case .rateCompany(let points, let comment):
            let company = staff.company(vacancy(number).employer)
            let body: JSON = ["rating": .integer(points), "comment": .string(comment)]
            try await stage.perform("POST /companies/{id}/ratings", by: candidate(number), at: moment, id: company, body)
        }
    }

    private func move(_ number: Int, to category: String, _ reason: String?, at moment: Date) async throws {
        guard let key = vacancy(number).course.key(category) else { return }
        var body: [String: JSON] = ["status": .string(key)]
        body["reason"] = reason.map { .string($0) }
        try await tell("PATCH /applications/{id}/status", number, .recruiter, moment, .object(body))
    }

    private mutating func interview(_ act: Act, _ number: Int, at moment: Date) async throws {
        let employer = vacancy(number).employer
        switch act {
        case .interview(let kind, let startsAt):
            let interviewers = [Colleague.manager, .specialist].map { staff.id(of: $0, at: employer).description }
            let body: JSON = [
                "kind": .string(kind), "startsAt": .string(Timestamp.text(startsAt)), "durationMinutes": 60,
                "interviewers": .strings(interviewers),
                kind == "onsite" ? "location" : "meetingURL": .string(
                    kind == "onsite" ? "Front desk, ask for Priya" : "https://meet.example/\(number)"
                ),
            ]
            interviews[number] = try await tell("POST /applications/{id}/interviews", number, .recruiter, moment, body)["id"]?.string
        case .scorecard(let author, let recommendation, let points, let comment):
            let body: JSON = [
                "recommendation": .string(recommendation),
                "ratings": ["skill": .integer(points), "teamwork": .integer(max(1, points - points % 2))],
                "comment": .string(comment),
            ]
            let caller = staff.caller(author, at: employer)
            try await stage.perform("POST /interviews/{id}/scorecards", by: caller, at: moment, id: interviews[number], body)
        case .conclude(let passed):
            let body: JSON = ["outcome": passed ? "passed" : "rejected"]
            let caller = staff.caller(.recruiter, at: employer)
            try await stage.perform("PATCH /interviews/{id}", by: caller, at: moment, id: interviews[number], body)
        default: return
        }
    }

    private mutating func offer(_ act: Act, _ number: Int, at moment: Date) async throws {
        switch act {
        case .offer(let expiresAt, let startsOn):
            let salary = vacancy(number).salary
            let euros = (salary.lowerBound + salary.upperBound) / 2000 * 1000
            let body: JSON = [
                "baseSalary": ["amount": .integer(euros * 100), "currency": "EUR"], "benefits": "30 days of leave, public transport ticket",
                "startsOn": .string(Timestamp.text(startsOn)), "expiresAt": .string(Timestamp.text(expiresAt)),
                "message": "We would be glad to have you with us.",
            ]
            offers[number] = try await tell("POST /applications/{id}/offers", number, .admin, moment, body)["id"]?.string
        case .answer(let accepts):
            let body: JSON = ["status": accepts ? "accepted" : "declined"]
            try await stage.perform("PATCH /offers/{id}", by: candidate(number), at: moment, id: offers[number], body)
        default: return
        }
    }

    /// Of the application, by a colleague or, without one, the candidate.
    @discardableResult
    private func tell(_ route: String, _ number: Int, _ colleague: Colleague?, _ moment: Date, _ body: JSON) async throws -> JSON {
        let caller = colleague.map { staff.caller($0, at: vacancy(number).employer) } ?? candidate(number)
        return try await stage.perform(route, by: caller, at: moment, id: applications[number], body)
    }

    private func vacancy(_ number: Int) -> Vacancy { story.jobs[story.applications[number].job] }

    private func candidate(_ number: Int) -> Caller {
        story.candidates[story.applications[number].candidate].caller(in: stage.tenant)
    }
}

extension Vacancy {
    fileprivate func body(company: String) -> [String: JSON] {
        var requirements: [String: JSON] = [
            "requiredSkills": .strings(Array(profession.skills.prefix(4))), "preferredSkills": .strings(Array(profession.skills[4..<7])),
            "minimumYears": .integer(minimumYears),
        ]
        requirements["education"] = education.map { .string($0) }
        return [
            "companyId": .string(company), "title": .string(title), "department": .string(department), "openings": .integer(openings),
            "location": employer == .northlight ? "Berlin, Germany" : "Rotterdam, Netherlands",
            "description": .string(
                "\(duties)\n\nYou bring: \(profession.skills.prefix(4).joined(separator: ", ")).\n\nWe look forward to hearing from you."
            ),
            "salary": [
                "minimum": .integer(salary.lowerBound * 100), "maximum": .integer(salary.upperBound * 100), "currency": "EUR",
            ],
            "requirements": .object(requirements), "questions": .array(questions.map(\.json)), "workplace": .string(workplace),
            "employmentType": .string(employment),
        ]
    }
}
