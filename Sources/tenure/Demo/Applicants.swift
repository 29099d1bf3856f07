import Foundation
import Identity
import Kernel

/// Somebody looking for a job in the demo.
struct DemoCandidate: Sendable {
    let id = Identifier<User>()
    let firstName: String
    let lastName: String
    let email: String
    let profession: Profession
    /// 0 to 1: how well the person does what the profession requires.
    let grade: Double
    let years: Int
    let skills: [String]
    let place: String
    let hasResume: Bool
    let isActive: Bool

    var name: String { "\(firstName) \(lastName)" }
    var headline: String { profession.titles[min(years / 3, profession.titles.count - 1)] }

    var summary: String {
        let trade = headline.lowercased()
        return "\(headline) with \(years) years of practice, mostly in \(skills.prefix(3).joined(separator: ", ")). "
            + (grade > 0.6 ? "Known as a \(trade) whom colleagues ask first." : "Looking for a place to grow as a \(trade).")
    }

    func account(_ hash: String) -> NewUser {
        NewUser(
            id: id,
            email: email,
            passwordHash: hash,
            firstName: firstName,
            lastName: lastName,
            roles: [.candidate],
            status: .active,
            isVerified: true
        )
    }

    func caller(in tenant: Identifier<Tenant>) -> Caller { Caller(tenant: tenant, actor: .user(id), roles: [.candidate]) }

    var profile: JSON {
        var members: [String: JSON] = [
            "headline": .string(headline), "location": .string(place), "summary": .string(summary),
            "jobSearchMode": isActive ? "active" : "passive", "visibility": isActive ? "pool" : "private",
            "preferences": ["titles": .strings([headline]), "locations": .strings([place]), "remoteOnly": false],
        ]
        if !hasResume { members["skills"] = .strings(skills) }
        return .object(members)
    }
}

extension DemoCandidate {
    /// The one whose password is published, strong enough to get far.
    static let maya = DemoCandidate(
        firstName: "Maya",
        lastName: "Lindqvist",
        email: "candidate@demo.example",
        profession: .backend,
        grade: 0.95,
        years: 8,
        skills: Profession.backend.skills.prefix(8) + ["Terraform", "Prometheus"],
        place: "Berlin, Germany",
        hasResume: true,
        isActive: true
    )

    static func random(_ profession: Profession, number: Int, _ dice: inout SeededGenerator) -> DemoCandidate {
        let family = dice.pick(Names.families)
        let (first, last) = (dice.pick(family.first), dice.pick(family.last))
        let grade = dice.number(0.0...1.0)
        let years = max(1, Int(grade * 7.0) + dice.number(-1...4))
        // Stronger candidates know more of what jobs ask for, and most know something else as well.
        let core = Int((grade * 9.5).rounded())
        let asked = dice.pick(min(7, max(1, core)), of: Array(profession.skills.prefix(7)))
        let other = dice.pick(min(dice.number(0...2), max(0, profession.skills.count - 7)), of: Array(profession.skills.dropFirst(7)))
        return DemoCandidate(
            firstName: first,
            lastName: last,
            email: "\(Names.plain(first)).\(Names.plain(last))\(number)@people.example",
            profession: profession,
            grade: grade,
            years: years,
            skills: asked + other,
            place: dice.chance(0.55) ? profession.places[0] : dice.pick(profession.places),
            hasResume: dice.chance(0.85),
            isActive: dice.chance(0.7)
        )
    }
}
