import Foundation
import Kernel

/// Performs the story's steps, remembering the ids from earlier ones.
struct StoryPlayer {
    let story: Story
    let stage: DemoStage
    let staff: DemoStaff
    private let passwordHash: String
    private var dice = SeededGenerator(seed: 7)
    private var pipelines: [Vacancy.Course: String] = [:]
    private var jobs: [Int: String] = [:]
    var applications: [Int: String] = [:]
    var interviews: [Int: String] = [:]
    var offers: [Int: String] = [:]

    init(_ story: Story, stage: DemoStage, staff: DemoStaff, passwordHash: String) {
        self.story = story
        self.stage = stage
        self.staff = staff
        self.passwordHash = passwordHash
    }

    mutating func perform(_ step: Story.Step) async throws {
        switch step.kind {
        case .publishRules: try await publishRules(at: step.moment)
        case .drawPipeline(let course): try await draw(course, at: step.moment)
        case .open(let job): try await open(job, at: step.moment)
        case .change(let job, let finalStatus): try await change(job, to: finalStatus, at: step.moment)
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

    private func change(_ job: Int, to finalStatus: Vacancy.FinalStatus, at moment: Date) async throws {
        let recruiter = staff.caller(.recruiter, at: story.jobs[job].employer)
        if finalStatus == .published {
            try await stage.perform("POST /jobs/{id}/publish", by: recruiter, at: moment, id: jobs[job], ["channels": ["careers-page"]])
        } else {
            try await stage.perform("PATCH /jobs/{id}", by: recruiter, at: moment, id: jobs[job], ["status": .string(finalStatus.rawValue)])
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
