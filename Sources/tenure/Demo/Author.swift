import Foundation

/// Writes the story: who applies when, and how far each of them gets.
struct Author {
    let now: Date
    let jobs: [Vacancy]
    private(set) var candidates: [DemoCandidate] = []
    private(set) var applications: [Story.Application] = []
    private(set) var steps: [Story.Step] = []
    private var hires: [Int: Int] = [:]
    private var dice = SeededGenerator(seed: 20_260_214)

    /// Applications after the rules were published are left to the rules.
    private var rulesPublished: Date { now.addingTimeInterval(-Double(hours: 26)) }

    init(now: Date, jobs: [Vacancy]) {
        self.now = now
        self.jobs = jobs
    }

    mutating func write(from beginning: Date) {
        for (index, course) in Vacancy.Course.allCases.enumerated() {
            add(.drawPipeline(course), at: beginning.addingTimeInterval(Double(hours: 5) + Double(minutes: Double(index))))
        }
        for job in jobs.indices { open(job) }
        add(.publishRules, at: rulesPublished)
        writeMaya()
        for job in jobs.indices { writeApplicants(of: job) }
    }

    private mutating func add(_ kind: Story.StepKind, at moment: Date) {
        steps.append(Story.Step(moment: moment, kind: kind))
    }

    private mutating func open(_ job: Int) {
        let vacancy = jobs[job]
        let opened = ago(Double(vacancy.openedDaysAgo))
        add(.open(job: job), at: opened.addingTimeInterval(-Double(hours: 20)))
        guard vacancy.finalStatus != .draft else { return }
        add(.change(job: job, .published), at: opened)
        if vacancy.finalStatus != .published { add(.change(job: job, vacancy.finalStatus), at: lastDay(of: vacancy)) }
    }

    private func ago(_ days: Double) -> Date { now.addingTimeInterval(-Double(days: days)) }

    private func lastDay(of vacancy: Vacancy) -> Date {
        switch vacancy.finalStatus {
        case .closed: ago(20)
        case .paused: ago(6)
        case .draft, .published: now
        }
    }

    private mutating func writeMaya() {
        let maya = join(.maya, before: ago(34))
        guard let backend = job("Senior Backend"), let reliability = job("Site Reliability"), let analysis = job("Data Analyst") else {
            return
        }
        apply(maya, to: analysis, at: ago(33), ending: .rejected(after: "screening"))
        apply(maya, to: reliability, at: ago(30), ending: .offered)
        apply(maya, to: backend, at: ago(16), ending: .interviewAhead)
    }

    private func job(_ title: String) -> Int? { jobs.firstIndex { $0.title.hasPrefix(title) } }

    private mutating func writeApplicants(of job: Int) {
        let vacancy = jobs[job]
        for place in 0..<vacancy.applications {
            let (daysAgo, ending) = arrival(of: vacancy.applications - 1 - place, at: vacancy)
            let moment = ago(daysAgo)
            let candidate = join(.random(vacancy.profession, number: candidates.count, &dice), before: moment)
            apply(candidate, to: job, at: moment, ending: ending)
            if let other = neighbor(of: vacancy), dice.chance(0.25) {
                let later = moment.addingTimeInterval(Double(hours: dice.number(0.2...30)))
                let opened = ago(Double(jobs[other].openedDaysAgo))
                if later > opened, later < min(lastDay(of: jobs[other]), rulesPublished) {
                    apply(candidate, to: other, at: later, ending: nil)
                }
            }
        }
    }

    /// How many days ago one of a job's candidates applies, counted from the last, and how it ends.
    private mutating func arrival(of place: Int, at vacancy: Vacancy) -> (daysAgo: Double, Ending?) {
        if vacancy.finalStatus == .published {
            // Each open job has a new candidate, one to interview and one considering an offer.
            switch place {
            case 0, 1: return (dice.number(0.01...0.9), .open)
            case 2, 3: return (dice.number(13.0...18.0), .interviewAhead)
            case 4: return (dice.number(29.0...33.0), .offered)
            case 5, 6: return (dice.number(2.0...9.0), nil)
            default: break
            }
        }
        // The first weeks are more likely than the last.
        let last = max(1.5, now.timeIntervalSince(lastDay(of: vacancy)) / 86_400 + 0.1)
        let luck = dice.number(0.0...1.0)
        return (last + (Double(vacancy.openedDaysAgo) - last - 0.1) * (1 - luck * luck), nil)
    }

    /// Another job that people of the same trade apply for.
    private func neighbor(of vacancy: Vacancy) -> Int? {
        let neighbors = [
            "Senior Backend": "Site Reliability", "Site Reliability": "Senior Backend", "Frontend": "Product Designer",
            "Data Analyst": "Senior Backend", "Customer Support": "Account Executive", "Registered Nurse": "Elderly Care",
            "Elderly Care": "Registered Nurse", "Truck Driver": "Warehouse", "Warehouse": "Truck Driver",
        ]
        return neighbors.first { vacancy.title.hasPrefix($0.key) }.flatMap { job($0.value) }
    }

    private mutating func join(_ candidate: DemoCandidate, before moment: Date) -> Int {
        candidates.append(candidate)
        add(.join(candidate: candidates.count - 1), at: moment.addingTimeInterval(-Double(minutes: dice.number(8...50))))
        return candidates.count - 1
    }

    private mutating func apply(_ candidate: Int, to job: Int, at moment: Date, ending: Ending?) {
        let vacancy = jobs[job]
        let answers = vacancy.questions.map { ($0.key, answer(to: $0)) }
        applications.append(
            Story.Application(
                job: job,
                candidate: candidate,
                source: dice.pick(["careers-page", "careers-page", "linkedin", "referral", "job-board"]),
                coverLetter: dice.chance(0.6) ? Phrases.letter(candidates[candidate], vacancy, &dice) : nil,
                answers: answers
            )
        )
        let application = applications.count - 1
        add(.apply(application: application), at: moment)
        let isOut = vacancy.questions.contains { question in
            answers.contains { $0.0 == question.key && question.disqualifying.contains($0.1) }
        }
        let profession = vacancy.profession.titles == candidates[candidate].profession.titles
        let grade = candidates[candidate].grade * (isOut ? 0.2 : 1) * (profession ? 1 : 0.6)
        let ending = ending ?? Ending.random(grade, &dice)
        let isFull = hires[job, default: 0] >= vacancy.openings
        var chapter = Chapter(from: moment, to: now, grade: grade, ending: isFull ? ending.withoutHire : ending, dice: dice)
        chapter.write()
        dice = chapter.dice
        if chapter.isHired { hires[job, default: 0] += 1 }
        for (moment, act) in chapter.acts { add(.act(application: application, act), at: moment) }
    }

    private mutating func answer(to question: Inquiry) -> String {
        // A few fail a knock-out question.
        let good = question.answers.filter { !question.disqualifying.contains($0) }
        return dice.chance(0.08) ? dice.pick(question.answers) : question.kind == "yesNo" ? "yes" : dice.pick(good)
    }
}

/// How an application ends, unless the present comes first.
enum Ending: Sendable {
    case open
    case rejected(after: String)
    case withdrawn
    case interviewAhead
    case offered
    case declined
    case hired

    static func random(_ grade: Double, _ dice: inout SeededGenerator) -> Ending {
        let luck = dice.number(0.0...1.0) * 0.5 + grade * 0.5
        return switch luck {
        case ..<0.08: .open
        case ..<0.38: .rejected(after: "applied")
        case ..<0.56: .rejected(after: "screening")
        case ..<0.62: .withdrawn
        case ..<0.76: .rejected(after: "interview")
        case ..<0.80: .declined
        default: .hired
        }
    }

    var withoutHire: Ending {
        switch self {
        case .hired, .declined: .rejected(after: "interview")
        case .open, .rejected, .withdrawn, .interviewAhead, .offered: self
        }
    }
}
