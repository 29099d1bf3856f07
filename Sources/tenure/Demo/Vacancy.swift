import Kernel

/// A job in the demo: what is wanted, and what happens to it.
struct Vacancy: Sendable {
    enum FinalStatus: String, Sendable {
        case draft, published, paused, closed
    }

    /// How an employer gets from an application to a hire; the names become the stages' keys.
    enum Course: String, CaseIterable, Sendable {
        case office = "Office and engineering"
        case care = "Care"
        case hands = "Logistics and trades"
    }

    let employer: Employer
    let profession: Profession
    let title: String
    let department: String
    let course: Course
    let openedDaysAgo: Int
    let applications: Int
    let finalStatus: FinalStatus
    let openings: Int
    /// Yearly, in euros.
    let salary: ClosedRange<Int>
    let minimumYears: Int
    let education: String?
    let workplace: String
    let employment: String
    let duties: String
    let questions: [Inquiry]
}

/// A question, and which answers are plausible.
struct Inquiry: Sendable {
    let key: String
    let text: String
    let kind: String
    let answers: [String]
    let disqualifying: [String]

    static func yesNo(_ key: String, _ text: String, knockOut: Bool = false) -> Inquiry {
        Inquiry(key: key, text: text, kind: "yesNo", answers: ["yes", "no"], disqualifying: knockOut ? ["no"] : [])
    }

    static func choice(_ key: String, _ text: String, _ options: [String], knockOut: [String] = []) -> Inquiry {
        Inquiry(key: key, text: text, kind: "singleChoice", answers: options, disqualifying: knockOut)
    }

    static func text(_ key: String, _ text: String, _ answers: [String]) -> Inquiry {
        Inquiry(key: key, text: text, kind: "text", answers: answers, disqualifying: [])
    }

    var json: JSON {
        var members: [String: JSON] = ["key": .string(key), "text": .string(text), "kind": .string(kind)]
        if kind == "singleChoice" { members["options"] = .strings(answers) }
        if !disqualifying.isEmpty { members["disqualifying"] = .strings(disqualifying) }
        return .object(members)
    }

    static let permit = yesNo("workPermit", "May you work in the European Union without a permit of ours?", knockOut: true)
    static let notice = choice("noticePeriod", "When could you start?", ["At once", "Within a month", "Within three months", "Later"])
    static let reason = text(
        "why",
        "What would you like to change compared with where you work now?",
        [
            "A team that ships together, and more say in how things are built.", "Less travel, and people I can learn from.",
            "Regular shifts, because of my children.", "A bigger responsibility after five years in the same place.",
            "I would like to work closer to home.", "I want to see what my work does for people.",
        ]
    )
}

extension Vacancy.Course {
    /// Name and category in order.
    var stages: [(name: String, category: String)] {
        switch self {
        case .office:
            [
                ("Applied", "applied"), ("Screening", "screening"), ("Work sample", "assessment"), ("Interview", "interview"),
                ("Offer", "offer"),
            ]
        case .care: [("Applied", "applied"), ("Screening", "screening"), ("Trial day", "interview"), ("Offer", "offer")]
        case .hands: [("Applied", "applied"), ("Screening", "screening"), ("Trial shift", "interview"), ("Offer", "offer")]
        }
    }

    func key(_ category: String) -> String? {
        let name = stages.first { $0.category == category }?.name
        return name?.lowercased().replacing(" ", with: "-") ?? (["hired", "rejected"].contains(category) ? category : nil)
    }

    var json: JSON {
        [
            "name": .string(rawValue),
            "stages": .array(stages.map { ["name": .string($0.name), "category": .string($0.category)] }),
        ]
    }
}

extension JSON {
    static func strings(_ texts: [String]) -> JSON { .array(texts.map { .string($0) }) }
}
