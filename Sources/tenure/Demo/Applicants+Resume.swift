import Foundation

extension DemoCandidate {
    /// A realistic resume, consistent with the profile.
    func resume(at moment: Date, _ dice: inout SeededGenerator) -> WordDocument {
        var paragraphs: [WordDocument.Paragraph] = [
            .title(name), .line(headline), .line("\(place) | \(email) | +44 7700 900\(dice.number(100...999))"), .heading("Summary"),
            .line(summary), .heading("Experience"),
        ]
        for position in positions(at: moment, &dice) {
            paragraphs.append(.line("\(position.title), \(position.employer)"))
            paragraphs.append(.line("\(position.start.text) – \(position.end?.text ?? "Present")"))
            paragraphs += position.duties.map { .bullet($0) }
        }
        let degree = profession.degrees[grade > 0.45 ? profession.degrees.count - 1 : 0]
        let left = Month(of: moment).earlier(by: years * 12 + 3).year
        paragraphs += [
            .heading("Education"), .line("\(degree), \(dice.pick(profession.schools))"), .line("\(left - 3) – \(left)"),
            .heading("Skills"), .line(skills.joined(separator: ", ")), .heading("Languages"),
            .line(dice.pick(["English (fluent), German (B2)", "English (C1), Dutch (native)", "English (fluent), Spanish (native)"])),
        ]
        return WordDocument(paragraphs: paragraphs)
    }

    private struct Position {
        let title: String
        let employer: String
        let start: Month
        let end: Month?
        let duties: [String]
    }

    /// Latest first, without gaps, each about three years.
    private func positions(at moment: Date, _ dice: inout SeededGenerator) -> [Position] {
        let count = min(3, max(1, (years + 2) / 3))
        let employers = dice.pick(count, of: profession.employers)
        let length = years * 12 / count
        let today = Month(of: moment)
        return employers.enumerated().map { index, employer in
            let yearsThen = years - index * years / count
            return Position(
                title: profession.titles[min(yearsThen / 3, profession.titles.count - 1)],
                employer: employer,
                start: today.earlier(by: (index + 1) * length),
                end: index == 0 ? nil : today.earlier(by: index * length + 1),
                duties: dice.pick(min(2, profession.duties.count), of: profession.duties)
            )
        }
    }
}

/// A month of a year, as resumes name it.
private struct Month {
    private let count: Int

    var year: Int { count / 12 }
    var text: String { "\(Self.names[count % 12]) \(year)" }

    init(of date: Date) {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        count = calendar.component(.year, from: date) * 12 + calendar.component(.month, from: date) - 1
    }

    private init(count: Int) {
        self.count = count
    }

    func earlier(by months: Int) -> Month { Month(count: count - months) }

    private static let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}
