import Foundation
import Kernel
import Testing

/// Pipelines and their stages through the front door.
@Suite struct PipelinesTests {
    private static func stages(_ pipeline: JSON) -> [JSON] {
        guard case .array(let stages)? = pipeline["stages"] else { return [] }
        return stages.filter { $0["retiredAt"] == nil }
    }

    private static func keys(_ pipeline: JSON) -> [String] { stages(pipeline).compactMap { $0["key"]?.string } }

    private static let short: JSON = [
        "name": "Short", "stages": [["name": "New", "category": "applied"], ["name": "Phone call", "category": "screening"]],
    ]

    @Test func `a pipeline is completed with the stages that it must end in`() async throws {
        let company = try await TestTenant().company()
        let made = try await company.admin.post("/pipelines", Self.short).expect(201)
        #expect(Self.keys(made.data) == ["new", "phone-call", "hired", "rejected", "withdrawn"])
        #expect(try await company.admin.post("/pipelines", Self.short).code == "PIPELINE_NAME_TAKEN")
        let job = try await company.job(["pipelineId": .string(made.id)])
        #expect(try await job.application(at: "phone-call").id != "")
    }

    @Test(
        arguments: [
            [["name": "Call", "category": "screening"]], [],
            [["name": "A", "category": "applied"], ["name": "B", "category": "applied"]],
            [["name": "A", "category": "applied"], ["name": "A", "category": "screening"]],
        ] as [JSON]
    )
    func `stages in no order are refused`(stages: JSON) async throws {
        let company = try await TestTenant().company()
        #expect(try await company.admin.post("/pipelines", ["name": "Odd", "stages": stages]).expect(400).details["stages"] != nil)
    }

    @Test func `stages are renamed, reordered and added, and keep their keys`() async throws {
        let company = try await TestTenant().company()
        let made = try await company.admin.post("/pipelines", Self.short).expect(201)
        let old = Self.stages(made.data)
        let (new, call) = (try #require(old[0]["id"]), try #require(old[1]["id"]))
        let changed = try await company.admin.patch(
            "/pipelines/\(made.id)",
            [
                "name": "Shorter",
                "stages": [
                    ["id": new, "name": "Arrived", "category": "applied"], ["name": "Trial day", "category": "assessment"],
                    ["id": call, "name": "Video call", "category": "screening"],
                ],
            ]
        ).expect(200)
        #expect(changed.data["name"] == "Shorter")
        #expect(Self.keys(changed.data).prefix(3) == ["new", "trial-day", "phone-call"])
        #expect(Self.stages(changed.data).prefix(3).map { $0["name"] } == ["Arrived", "Trial day", "Video call"])
    }

    @Test func `a pipeline that another company's jobs go through is not one's own to change`() async throws {
        let company = try await TestTenant().company()
        let rival = try await company.tenant.company("Southwind")
        let made = try await company.admin.post("/pipelines", Self.short).expect(201)
        _ = try await company.job(["pipelineId": .string(made.id)])
        #expect(try await rival.admin.patch("/pipelines/\(made.id)", ["name": "Mine"]).expect(403).code == "PIPELINE_SHARED")
        try await company.admin.patch("/pipelines/\(made.id)", ["name": "Ours"]).expect(200)
        try await company.tenant.admin().patch("/pipelines/\(made.id)", ["name": "Everybody's"]).expect(200)
        let twice = Self.stages(made.data).prefix(2).flatMap { [$0, $0] }.map { stage -> JSON in
            ["id": stage["id"] ?? .null, "name": .string(UUID().uuidString), "category": stage["category"] ?? .null]
        }
        let refused = try await company.admin.patch("/pipelines/\(made.id)", ["stages": .array([twice[0], twice[2], twice[3]])]).expect(400)
        #expect(refused.details["stages"] != nil)
    }

    @Test func `a retired stage keeps whoever is in it and takes nobody more`() async throws {
        let company = try await TestTenant().company()
        let made = try await company.admin.post("/pipelines", Self.short).expect(201)
        let job = try await company.job(["pipelineId": .string(made.id)])
        let (application, _) = try await job.application(at: "phone-call")
        let new = try #require(Self.stages(made.data)[0]["id"])
        let kept: JSON = ["stages": [["id": new, "name": "New", "category": "applied"]]]
        let changed = try await company.admin.patch("/pipelines/\(made.id)", kept).expect(200)
        #expect(!Self.keys(changed.data).contains("phone-call"))
        #expect(try await company.admin.get("/applications/\(application)").data["status"] == "phone-call")
        let board = try await company.admin.get("/jobs/\(job.id)/board").expect(200)
        guard case .array(let columns)? = board.data["columns"] else { return #expect(Bool(false), "no columns") }
        #expect(columns.contains { $0["stage"]?["key"] == "phone-call" && $0["count"] == 1 })
        let (other, _) = try await job.application()
        let refused = try await company.admin.patch("/applications/\(other)/status", ["status": "phone-call"]).expect(400)
        #expect(refused.details["status"] != nil)
        try await company.admin.patch("/applications/\(application)/status", ["status": "rejected"]).expect(200)
    }

    @Test func `a stage's category and another pipeline's stages are not to be had`() async throws {
        let company = try await TestTenant().company()
        // The first job of a tenant without pipelines brings the standard one.
        _ = try await company.job()
        let made = try await company.admin.post("/pipelines", Self.short).expect(201)
        let standard = try #require(try await company.admin.get("/pipelines").items.first { $0["name"] == "Standard" })
        let (new, call) = (try #require(Self.stages(made.data)[0]["id"]), try #require(Self.stages(made.data)[1]["id"]))
        let foreign = try #require(Self.stages(standard)[1]["id"])
        let first: JSON = ["id": new, "name": "New", "category": "applied"]
        let moved: JSON = ["stages": [first, ["id": call, "name": "Call", "category": "offer"]]]
        #expect(try await company.admin.patch("/pipelines/\(made.id)", moved).expect(400).details["stages.1.category"] != nil)
        let stolen: JSON = ["stages": [first, ["id": foreign, "name": "Mine", "category": "screening"]]]
        #expect(try await company.admin.patch("/pipelines/\(made.id)", stolen).expect(400).details["stages.1.id"] != nil)
    }

    @Test func `whoever has not seen the latest version does not write over it`() async throws {
        let company = try await TestTenant().company()
        let made = try await company.admin.post("/pipelines", Self.short).expect(201)
        let seen = try #require(made.headers["etag"])
        try await company.admin.patch("/pipelines/\(made.id)", ["name": "First"], headers: ["If-Match": seen]).expect(200)
        try await company.admin.patch("/pipelines/\(made.id)", ["name": "Second"], headers: ["If-Match": seen]).expect(412)
    }

    @Test func `the pipeline of a job that was published stays`() async throws {
        let company = try await TestTenant().company()
        let made = try await company.admin.post("/pipelines", Self.short).expect(201)
        let draft = try await company.job(published: false)
        try await company.admin.patch("/jobs/\(draft.id)", ["pipelineId": .string(made.id)]).expect(200)
        let job = try await company.job()
        let current = try #require(try await company.admin.get("/jobs/\(job.id)").data["pipelineId"])
        #expect(current == .string(made.id))
        let other = try await company.admin.post("/pipelines", ["name": "Other", "stages": [["name": "New", "category": "applied"]]])
        let refused = try await company.admin.patch("/jobs/\(job.id)", ["pipelineId": .string(other.expect(201).id)])
        #expect(refused.code == "PIPELINE_IN_USE")
    }
}
