import Foundation
import Kernel

// Acts on an application, one operation each.
extension StoryPlayer {
    mutating func perform(_ act: Act, on number: Int, at moment: Date) async throws {
        switch act {
        case .rate(let points, let colleague):
            try await tell("POST /applications/{id}/rate", number, colleague, moment, ["rating": .integer(points)])
        case .note(let text, let kind, let colleague):
            try await tell("POST /applications/{id}/notes", number, colleague, moment, ["text": .string(text), "kind": .string(kind)])
        case .tag(let tag): try await tell("POST /applications/{id}/tags", number, .recruiter, moment, ["tag": .string(tag)])
        case .move(let category, let reason): try await move(number, to: category, reason, at: moment)
        case .interview(let kind, let startsAt): try await invite(number, to: kind, on: startsAt, at: moment)
        case .scorecard(let author, let recommendation, let points, let comment):
            let body: JSON = [
                "recommendation": .string(recommendation), "comment": .string(comment),
                "ratings": ["skill": .integer(points), "teamwork": .integer(max(1, points - points % 2))],
            ]
            try await change("POST /interviews/{id}/scorecards", interviews[number], caller(author, number), moment, body)
        case .conclude(let passed):
            let body: JSON = ["outcome": passed ? "passed" : "rejected"]
            try await change("PATCH /interviews/{id}", interviews[number], caller(.recruiter, number), moment, body)
        case .offer(let expiresAt, let startsOn): try await offer(number, until: expiresAt, from: startsOn, at: moment)
        case .answer(let accepts):
            let body: JSON = ["status": accepts ? "accepted" : "declined"]
            try await change("PATCH /offers/{id}", offers[number], caller(nil, number), moment, body)
        case .withdraw(let reason):
            try await tell("POST /applications/{id}/withdraw", number, nil, moment, ["reason": .string(reason)])
        case .rateCompany(let points, let comment):
            let body: JSON = ["rating": .integer(points), "comment": .string(comment)]
            let company = staff.company(vacancy(number).employer)
            try await change("POST /companies/{id}/ratings", company, caller(nil, number), moment, body)
        }
    }

    /// If the pipeline has no such stage, nothing happens.
    private func move(_ number: Int, to category: String, _ reason: String?, at moment: Date) async throws {
        guard let key = vacancy(number).course.key(category) else { return }
        var body: [String: JSON] = ["status": .string(key)]
        body["reason"] = reason.map { .string($0) }
        try await tell("PATCH /applications/{id}/status", number, .recruiter, moment, .object(body))
    }

    private mutating func invite(_ number: Int, to kind: String, on startsAt: Date, at moment: Date) async throws {
        let employer = vacancy(number).employer
        var body: [String: JSON] = [
            "kind": .string(kind), "startsAt": .string(Timestamp.text(startsAt)), "durationMinutes": 60,
            "interviewers": .strings([Colleague.manager, .specialist].map { staff.id(of: $0, at: employer).description }),
        ]
        if kind == "onsite" {
            body["location"] = "Front desk, ask for Priya"
        } else {
            body["meetingURL"] = "https://meet.example/\(number)"
        }
        let interview = try await tell("POST /applications/{id}/interviews", number, .recruiter, moment, .object(body))
        interviews[number] = interview["id"]?.string
    }

    private mutating func offer(_ number: Int, until expiresAt: Date, from startsOn: Date, at moment: Date) async throws {
        let salary = vacancy(number).salary
        // The middle of the range, in whole thousands.
        let euros = (salary.lowerBound + salary.upperBound) / 2000 * 1000
        let body: JSON = [
            "baseSalary": ["amount": .integer(euros * 100), "currency": "EUR"], "benefits": "30 days of leave, public transport ticket",
            "startsOn": .string(String(Timestamp.text(startsOn).prefix(10))), "expiresAt": .string(Timestamp.text(expiresAt)),
            "message": "We would be glad to have you with us.",
        ]
        offers[number] = try await tell("POST /applications/{id}/offers", number, .admin, moment, body)["id"]?.string
    }

    /// On the application itself, by a colleague or, without one, the candidate.
    @discardableResult
    private func tell(_ route: String, _ number: Int, _ colleague: Colleague?, _ moment: Date, _ body: JSON) async throws -> JSON {
        try await stage.perform(route, by: caller(colleague, number), at: moment, id: applications[number], body)
    }

    /// On something that belongs to it.
    private func change(_ route: String, _ id: String?, _ caller: Caller, _ moment: Date, _ body: JSON) async throws {
        try await stage.perform(route, by: caller, at: moment, id: id, body)
    }

    private func caller(_ colleague: Colleague?, _ number: Int) -> Caller {
        guard let colleague else { return story.candidates[story.applications[number].candidate].caller(in: stage.tenant) }
        return staff.caller(colleague, at: vacancy(number).employer)
    }

    private func vacancy(_ number: Int) -> Vacancy { story.jobs[story.applications[number].job] }
}
