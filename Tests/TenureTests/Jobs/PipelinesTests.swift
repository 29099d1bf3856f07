import Foundation
import Kernel
import Postgres
import Testing

/// Pipelines and their stages through the API.
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
    func `an invalid list of stages is refused`(stages: JSON) async throws {
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

    @Test func `another company's pipeline is not there, to read, change, use or lock`() async throws {
        let company = try await TestTenant().company()
        let rival = try await company.tenant.company("Southwind")
        let made = try await company.admin.post("/pipelines", Self.short).expect(201)
        #expect(made.data["companyId"]?.string == company.id)
        let job = try await company.job(["pipelineId": .string(made.id)])
        #expect(try await rival.admin.patch("/pipelines/\(made.id)", ["name": "Mine"]).expect(404).code == "PIPELINE_NOT_FOUND")
        #expect(try await rival.admin.get("/pipelines").expect(200).items.isEmpty)
        // Names are per company, and don't reveal another's.
        try await rival.admin.post("/pipelines", Self.short).expect(201)
        let draft: JSON = [
            "companyId": .string(rival.id), "title": "Baker", "description": "Bakes.", "pipelineId": .string(made.id),
        ]
        #expect(try await rival.admin.post("/jobs", draft).expect(400).details["pipelineId"] != nil)
        let theirs = try await rival.job(published: false)
        #expect(
            try await rival.admin.patch("/jobs/\(theirs.id)", ["pipelineId": .string(made.id)]).expect(400).details["pipelineId"] != nil
        )
        let foreign: JSON = ["name": "Theirs", "companyId": .string(company.id), "stages": [["name": "New", "category": "applied"]]]
        #expect(try await rival.admin.post("/pipelines", foreign).expect(400).details["companyId"] != nil)
        #expect(try await rival.admin.get("/jobs/\(job.id)").expect(200).data["title"] != nil)
        try await company.admin.patch("/pipelines/\(made.id)", ["name": "Ours"]).expect(200)
        try await company.tenant.admin().patch("/pipelines/\(made.id)", ["name": "Everybody's"]).expect(200)
        let twice = Self.stages(made.data).prefix(2).flatMap { [$0, $0] }.map { stage -> JSON in
            ["id": stage["id"] ?? .null, "name": .string(UUID().uuidString), "category": stage["category"] ?? .null]
        }
        let refused = try await company.admin.patch("/pipelines/\(made.id)", ["stages": .array([twice[0], twice[2], twice[3]])]).expect(400)
        #expect(refused.details["stages"] != nil)
    }

    @Test func `administrators of the tenant share a pipeline, and only they change a shared one`() async throws {
        let company = try await TestTenant().company()
        let rival = try await company.tenant.company("Southwind")
        let admin = try await company.tenant.admin()
        let shared = try await admin.post("/pipelines", Self.short).expect(201)
        #expect(shared.data["companyId"] == nil)
        for member in [company.admin, rival.admin] {
            #expect(try await member.get("/pipelines").items.map { $0["id"]?.string } == [shared.id])
            #expect(try await member.patch("/pipelines/\(shared.id)", ["name": "Mine"]).expect(403).code == "PIPELINE_SHARED")
        }
        _ = try await company.job(["pipelineId": .string(shared.id)])
        let standard = try await rival.job()
        #expect(try await rival.admin.get("/jobs/\(standard.id)").data["pipelineId"]?.string == shared.id)
        let mine: JSON = ["companyId": .string(company.id)]
        #expect(try await admin.patch("/pipelines/\(shared.id)", mine).expect(409).code == "PIPELINE_USED_BY_OTHERS")
        let own = try await company.admin.post("/pipelines", ["name": "Own", "stages": [["name": "New", "category": "applied"]]]).expect(
            201
        )
        #expect(try await company.admin.patch("/pipelines/\(own.id)", ["companyId": .null]).expect(403).code == "PIPELINE_SHARED")
        let given = try await admin.patch("/pipelines/\(own.id)", ["companyId": .null]).expect(200)
        #expect(given.data["companyId"] == nil && given.data["name"] == "Own")
        #expect(try await rival.admin.get("/pipelines").items.count == 2)
        #expect(try await admin.patch("/pipelines/\(own.id)", mine).expect(200).data["companyId"]?.string == company.id)
        let nowhere: JSON = ["companyId": .string(Identifier<Company>().description)]
        #expect(try await admin.patch("/pipelines/\(own.id)", nowhere).expect(400).details["companyId"] != nil)
    }

    @Test func `whoever works for several companies says whose a pipeline is`() async throws {
        let company = try await TestTenant().company()
        let second = try await company.admin.post("/companies", ["name": "Second"]).expect(201).id
        #expect(try await company.admin.post("/pipelines", Self.short).expect(400).details["companyId"] != nil)
        guard case .object(var members) = Self.short else { return }
        members["companyId"] = .string(second)
        #expect(try await company.admin.post("/pipelines", .object(members)).expect(201).data["companyId"]?.string == second)
    }

    @Test func `a pipeline isn't given away while a job is being put into it`() async throws {
        let company = try await TestTenant().company()
        let (tenant, rival) = (company.tenant, try await company.tenant.company("Southwind"))
        let admin = try await tenant.admin()
        let shared = try await admin.post("/pipelines", Self.short).expect(201)
        let giving = try await tenant.server.inspector.transaction { transaction in
            // Like an uncommitted job of the rival.
            _ = try await transaction.query("SELECT id FROM pipelines WHERE tenant_id = \(tenant.id) AND id = \(shared.id)::uuid FOR SHARE")
            let giving = Task { try await admin.patch("/pipelines/\(shared.id)", ["companyId": .string(company.id)]) }
            try await tenant.blocked(like: "%FROM pipelines%FOR UPDATE%")
            return giving
        }
        try await giving.value.expect(200)
        #expect(try await rival.admin.get("/pipelines").items.isEmpty)
    }

    @Test func `a retired stage keeps its applications and takes no more`() async throws {
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

    @Test func `a stage's category can't change, and other pipelines' stages can't be used`() async throws {
        let company = try await TestTenant().company()
        // The first job in a tenant without pipelines creates the standard one.
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

    @Test func `a stale version can't overwrite a newer one`() async throws {
        let company = try await TestTenant().company()
        let made = try await company.admin.post("/pipelines", Self.short).expect(201)
        let seen = try #require(made.headers["etag"])
        try await company.admin.patch("/pipelines/\(made.id)", ["name": "First"], headers: ["If-Match": seen]).expect(200)
        try await company.admin.patch("/pipelines/\(made.id)", ["name": "Second"], headers: ["If-Match": seen]).expect(412)
        let empty = try await company.admin.patch("/pipelines/\(made.id)", ["name": "Third"], headers: ["If-Match": ""]).expect(400)
        #expect(empty.details["ifMatch"] != nil)
    }

    @Test func `what candidates are told of a stage can change alone`() async throws {
        let company = try await TestTenant().company()
        let made = try await company.admin.post("/pipelines", Self.short).expect(201)
        func change(_ words: JSON) async throws -> JSON? {
            let stages = (made.data["stages"]?.items ?? []).enumerated().map { index, stage -> JSON in
                let known: [String: JSON] = ["id": stage["id"] ?? .null, "name": stage["name"] ?? "", "category": stage["category"] ?? ""]
                return .object(index == 0 ? known.merging(["candidateName": words]) { $1 } : known)
            }
            return try await company.admin.patch("/pipelines/\(made.id)", ["stages": .array(stages)]).expect(200).data["stages"]?[0]?[
                "candidateName"
            ]
        }
        #expect(try await change("We have it") == "We have it")
        #expect(try await change(.null) ?? .null == .null)
        #expect(try await company.admin.patch("/pipelines/\(made.id)", ["stages": []]).expect(400).details["stages"] != nil)
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
