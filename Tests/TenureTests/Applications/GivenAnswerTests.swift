import Foundation
import Kernel
import Postgres
import Testing

/// An answer is read with the question that was asked, whatever the job asks since.
@Suite struct GivenAnswerTests {
    private static let lift: JSON = ["key": "lift", "text": "Can you lift 20 kg?", "kind": "yesNo", "disqualifying": ["no"]]
    private static let tool: JSON = [
        "key": "tool", "text": "Which tool?", "kind": "singleChoice", "options": ["TIG", "MIG"], "isRequired": false,
    ]
    private let company: TestCompany
    private let job: TestJob
    private let candidate: Person
    private let application: String

    init() async throws {
        company = try await TestTenant().company()
        job = try await company.job(["questions": [Self.lift, Self.tool]])
        candidate = try await company.tenant.candidate()
        let answers: JSON = [["key": "lift", "value": "no"], ["key": "tool", "value": "TIG"]]
        application = try await candidate.post("/jobs/\(job.id)/apply", ["answers": answers]).expect(201).id
    }

    private func answers(as person: Person) async throws -> [JSON] {
        try await person.get("/applications/\(application)").expect(200).data["answers"]?.items ?? []
    }

    private func expectAsAsked() async throws {
        let seen = try await answers(as: company.admin)
        #expect(seen.map { $0["question"] } == ["Can you lift 20 kg?", "Which tool?"])
        #expect(seen.map { $0["value"] } == ["no", "TIG"])
        #expect(seen.map { $0["kind"] } == ["yesNo", "singleChoice"])
        #expect(seen.first?["disqualifying"] == ["no"])
        #expect(seen.last?["options"] == ["TIG", "MIG"])
        let detail = try await company.admin.get("/applications/\(application)").expect(200)
        #expect(detail.data["disqualifiedBy"] == ["lift"])
    }

    @Test func `an answer shows its question, and to members which answers disqualify`() async throws {
        try await expectAsAsked()
        let own = try await answers(as: candidate)
        #expect(own.map { $0["question"] } == ["Can you lift 20 kg?", "Which tool?"])
        #expect(own.allSatisfy { $0["disqualifying"] == nil })
        let export = try await candidate.get("/users/me/export").expect(200)
        #expect(export.json.text.contains("Can you lift 20 kg?") && !export.json.text.contains("disqualifying"))
    }

    @Test(arguments: ["reworded", "of another kind", "with other options", "removed"])
    func `an answer keeps its question when that is changed`(_ change: String) async throws {
        let questions: JSON =
            switch change {
            case "reworded":
                [
                    ["key": "lift", "text": "Are you unable to lift 20 kg?", "kind": "yesNo", "disqualifying": ["yes"]],
                    ["key": "tool", "text": "Which tool don't you use?", "kind": "singleChoice", "options": ["TIG", "MIG"]],
                ]
            case "of another kind":
                [["key": "lift", "text": "How much can you lift?", "kind": "number"], ["key": "tool", "text": "Which?", "kind": "text"]]
            case "with other options":
                [Self.lift, ["key": "tool", "text": "Which tool?", "kind": "singleChoice", "options": ["Plasma", "Laser"]]]
            default: []
            }
        try await company.admin.patch("/jobs/\(job.id)", ["questions": questions]).expect(200)
        try await expectAsAsked()
    }

    @Test func `whoever applies after the change answers what is asked then`() async throws {
        let reversed: JSON = ["key": "lift", "text": "Are you unable to lift 20 kg?", "kind": "yesNo", "disqualifying": ["yes"]]
        try await company.admin.patch("/jobs/\(job.id)", ["questions": [reversed]]).expect(200)
        let later = try await company.tenant.candidate("Eve")
        let applied = try await later.post("/jobs/\(job.id)/apply", ["answers": [["key": "lift", "value": "no"]]]).expect(201)
        let seen = try await company.admin.get("/applications/\(applied.id)").expect(200)
        #expect(seen.data["answers"]?[0]?["question"] == "Are you unable to lift 20 kg?")
        #expect(seen.data["disqualifiedBy"] == [])
        try await expectAsAsked()
    }

    @Test func `an answer from before questions were kept is shown without`() async throws {
        let tenant = company.tenant
        try await tenant.execute(
            """
            UPDATE applications SET answers = '[{"key": "lift", "value": "no"}]'
            WHERE tenant_id = \(tenant.id) AND id = \(application)::uuid
            """
        )
        let seen = try await answers(as: company.admin)
        #expect(seen.count == 1 && seen.first?["value"] == "no" && seen.first?["question"] == nil)
    }
}
