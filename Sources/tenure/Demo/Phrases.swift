/// What people in the demo wrote.
enum Phrases {
    static func letter(_ candidate: DemoCandidate, _ vacancy: Vacancy, _ dice: inout SeededGenerator) -> String {
        let opening = dice.pick([
            "I have followed your company for a while, and this job is what I do best.",
            "A friend who works with you told me about this job.", "This is the first advertisement in months that describes my own week.",
        ])
        let close = dice.pick(["I would be glad to tell you more.", "When may I call you?", "Thank you for reading this to the end."])
        return """
            Dear team,

            \(opening) For \(candidate.years) years I have worked as a \(candidate.headline.lowercased()); \
            \(candidate.skills.prefix(2).joined(separator: " and ")) are my daily tools. \(close)

            \(candidate.name)
            """
    }

    static let screenings = [
        "Has what we ask for.", "Worth a call.", "Good match by score, unusual path.", "Recommended by a colleague.",
        "Right level, right place.",
    ]
    static let calls = [
        "Called: friendly, prepared, asks good questions. Available within a month.", "Called: expects the upper end of the range.",
        "Called: would rather work four days. Fine with the team.", "Left a message; called back the same day. Motivated.",
        "Call was short, on a train. Second call on Thursday.", "Wants to know about the shift plan before the interview. Sent.",
    ]
    static let impressions = [
        "The best answer I have heard about a mistake of one's own.", "Knows the field; less sure when it comes to working with others.",
        "Would raise the level of the team.", "Quiet at first, then very precise.", "Let's keep in touch, whatever comes of this.",
    ]
    /// By points, from 1 to 5.
    static let verdicts = [
        ["Could not say how they would go about it.", "Not for this job."],
        ["Too little practice for the level.", "Answers from the book, none from experience."],
        ["Solid, but others were clearer.", "Knows half of what we need, would learn the rest."],
        ["Clear, practical, pleasant to work with.", "Solved the task and explained the choices."],
        ["Found the flaw in our own task. Hire.", "Everything we look for, and calm about it."],
    ]
    static let earlyRejections = [
        "Required skills are missing.", "Not enough experience for this level.", "Lives too far away for work on site.",
        "The application is about another job.",
    ]
    static let lateRejections = ["Another candidate was chosen.", "The scorecards were not convincing.", "The position has been filled."]
    static let withdrawals = ["I have taken another offer.", "I am staying where I am.", "The commute is too long after all."]
    static let praise = ["Quick, honest, well prepared.", "I always knew where I stood.", "The interview was a real conversation."]
    static let blame = ["It took long until somebody answered.", "A standard letter after two interviews.", "Friendly, but disorganized."]
}
