import Kernel

/// The parts of a job that are read and written together: one jsonb column.
struct JobDetails: Codable, Sendable {
    let salary: SalaryRange?
    let requirements: Requirements
    let questions: List<Question, 50>
    let customFields: [String: JSON]

    static func check(_ salary: SalaryRange?, _ questions: List<Question, 50>?) throws(Failure) {
        if let salary, salary.minimum.value > salary.maximum.value {
            throw .validation("salary.minimum", "Must not be above the maximum.")
        }
        let questions = questions?.elements ?? []
        guard Set(questions.map(\.key)).count == questions.count else {
            throw .validation("questions", "Must have different keys.")
        }
        for (index, question) in questions.enumerated() where question.kind == .singleChoice {
            guard let options = question.options, options.elements.count >= 2 else {
                throw .validation("questions.\(index).options", "Must have at least two entries.")
            }
        }
    }
}
