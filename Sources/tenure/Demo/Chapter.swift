import Foundation

/// One application from its arrival to its ending, step by step in office hours.
struct Chapter {
    private(set) var acts: [(Date, Act)] = []
    private(set) var dice: SeededGenerator
    private(set) var isHired = false
    private var clock: Date
    private let now: Date
    private let grade: Double
    private let ending: Ending

    init(from moment: Date, to now: Date, grade: Double, ending: Ending, dice: SeededGenerator) {
        clock = moment
        self.now = now
        self.grade = grade
        self.ending = ending
        self.dice = dice
    }

    mutating func write() {
        switch ending {
        case .open: return
        case .rejected(let stage): rejected(after: stage)
        case .withdrawn:
            screen()
            later(1...5)
            add(.withdraw(reason: dice.pick(Phrases.withdrawals)))
        case .interviewAhead:
            screen()
            invite(ahead: true)
        case .offered:
            meet()
            offer(openFor: 35)
        case .declined:
            meet()
            offer(openFor: 14)
            later(1...4)
            add(.answer(accepts: false))
            later(0.5...1)
            add(.move("rejected", reason: "Declined our offer."))
        case .hired: hired()
        }
    }

    private mutating func rejected(after stage: String) {
        switch stage {
        case "applied":
            later(1...6)
            add(.rate(max(1, Int(grade * 3)), .recruiter))
        case "screening":
            screen()
            later(2...6)
        default:
            meet()
            later(0.5...2)
            if grade > 0.7 { add(.tag("silver-medal")) }
        }
        later(0.05...0.5)
        add(.move("rejected", reason: dice.pick(stage == "interview" ? Phrases.lateRejections : Phrases.earlyRejections)))
        if dice.chance(0.08) { rateCompany(stage == "interview" ? 3...4 : 2...3) }
    }

    private mutating func hired() {
        meet()
        offer(openFor: 14)
        later(1...4)
        add(.answer(accepts: true))
        later(0.1...0.5)
        add(.move("hired", reason: "Offer accepted."))
        isHired = true
        if dice.chance(0.5) { rateCompany(4...5) }
    }

    private mutating func screen() {
        later(1...4)
        add(.rate(min(5, 2 + Int(grade * 3.5)), .recruiter))
        if dice.chance(0.3) { add(.tag(dice.pick(["referral", "relocation", "part-time", "portfolio", "strong-match"]))) }
        later(0.02...0.1)
        add(.move("screening", reason: dice.pick(Phrases.screenings)))
        later(1...3)
        add(.note(dice.pick(Phrases.calls), kind: "communication", .recruiter))
        if dice.chance(0.5) {
            later(0.2...1)
            add(.move("assessment", reason: nil))
        }
    }

    /// Screening and one interview with two scorecards.
    private mutating func meet() {
        screen()
        invite(ahead: false)
        later(0.05...0.3)
        add(.rate(min(5, 2 + Int(grade * 3.3)), .manager))
        scorecard(.manager)
        later(0.05...0.4)
        scorecard(.specialist)
        later(0.1...0.5)
        add(.conclude(passed: grade > 0.45))
        if dice.chance(0.4) { add(.note(dice.pick(Phrases.impressions), kind: "general", .manager)) }
    }

    /// To an interview soon after, or to one later today. Continues after it.
    private mutating func invite(ahead isAhead: Bool) {
        later(1...4)
        add(.move("interview", reason: nil))
        later(0.02...0.2)
        let earliest = isAhead ? max(now, clock) : clock
        let day = (earliest.timeIntervalSince1970 / 86_400).rounded(.down) + Double(dice.number(isAhead ? 1...5 : 2...6))
        let start = Date(timeIntervalSince1970: day * 86_400 + Double(hours: Double(dice.number(9...15))))
        add(.interview(kind: dice.pick(["video", "onsite", "technical", "panel"]), startsAt: start))
        clock = start.addingTimeInterval(Double(hours: 1))
    }

    private mutating func scorecard(_ author: Colleague) {
        let points = min(5, max(1, Int((grade * 4 + dice.number(0.3...1.7)).rounded())))
        let recommendation = ["strongNo", "no", "no", "yes", "strongYes"][points - 1]
        add(.scorecard(author, recommendation: recommendation, points: points, comment: dice.pick(Phrases.verdicts[points - 1])))
    }

    private mutating func offer(openFor days: Double) {
        later(1...3)
        add(.move("offer", reason: "Both scorecards say yes."))
        later(0.05...0.3)
        add(.offer(expiresAt: clock.addingTimeInterval(Double(days: days)), startsOn: clock.addingTimeInterval(Double(days: 60))))
    }

    private mutating func rateCompany(_ range: ClosedRange<Int>) {
        later(1...5)
        let rating = dice.number(range)
        add(.rateCompany(rating, comment: dice.pick(rating > 3 ? Phrases.praise : Phrases.blame)))
    }

    private mutating func add(_ act: Act) {
        acts.append((clock, act))
        clock.addTimeInterval(Double(minutes: dice.number(1...9)))
    }

    /// A few days later, on a working day between 7 and 17 o'clock UTC; always later.
    private mutating func later(_ days: ClosedRange<Double>) {
        let wanted = clock.addingTimeInterval(Double(days: dice.number(days)))
        var day = (wanted.timeIntervalSince1970 / 86_400).rounded(.down)
        let hour = dice.number(7.0...17.0)
        // Day 0 of the Unix epoch was a Thursday.
        while [2, 3].contains(Int(day) % 7) || day * 86_400 + Double(hours: hour) <= clock.timeIntervalSince1970 { day += 1 }
        clock = Date(timeIntervalSince1970: day * 86_400 + Double(hours: hour))
    }
}
