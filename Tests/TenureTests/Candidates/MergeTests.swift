import Foundation
import Kernel
import Postgres
import Testing

@testable import tenure

@Suite struct MergeTests {
    @Test func `candidates who share an address, a number or a name are proposed with the reasons`() async throws {
        let tenant = try await TestTenant()
        let admin = try await tenant.admin()
        let mark = UUID().uuidString.lowercased().prefix(8)
        let first = try await tenant.candidate("Ada", email: "ada.\(mark)@example.com")
        let second = try await tenant.candidate("Augusta", email: "ada.\(mark)+jobs@example.com")
        let third = try await tenant.candidate("Grace")
        try await first.patch("/users/me", ["phone": "+44 20 7946 0000", "lastName": "Lovelace"]).expect(200)
        try await second.patch("/users/me", ["phone": "+44 20 7946 0000", "lastName": "King"]).expect(200)
        try await third.patch("/users/me", ["firstName": "ADA", "lastName": "Lovelace"]).expect(200)
        _ = try await tenant.candidate("Nobody else")
        let found = try await admin.get("/candidates/merge-proposals").expect(200).items
        #expect(found.count == 2)
        #expect(found.first?["keptId"]?.string == first.id && found.first?["mergedId"]?.string == second.id)
        #expect(found.first?["reasons"] == ["email", "phone"])
        #expect(found.last?["mergedId"]?.string == third.id && found.last?["reasons"] == ["name"])
    }

    @Test func `the ids of two who are merged answer with the one that is kept, and each has its own again when it is undone`() async throws
    {
        let scene = try await Scene()
        let before = try await scene.views()
        let made = try await scene.merge().expect(201)
        let shown = try await scene.admin.get("/candidates/\(scene.second.id)").expect(200)
        #expect(shown.data["id"]?.string == scene.first.id)
        #expect(shown.data["mergedIds"] == [.string(scene.second.id)])
        #expect(try await scene.found() == [scene.first.id])
        for person in [scene.first, scene.second] {
            let listed = try await scene.admin.get("/applications?candidateId=\(person.id)").expect(200)
            #expect(Set(listed.items.compactMap { $0["id"]?.string }) == [scene.firsts, scene.seconds])
        }
        // Neither account sees the other's.
        #expect(try await scene.second.get("/applications").items.count == 1)
        #expect(try await scene.merge().code == "MERGED_BEFORE")
        #expect(try await scene.admin.get("/candidates/merges").items.map { $0["id"]?.string } == [made.id])
        let late = try await scene.second.post("/jobs/\(scene.otherJob)/apply").expect(201).id
        let undone = try await scene.admin.post("/candidates/merges/\(made.id)/undo").expect(200)
        let since = undone.data["since"]?.items.filter { $0["event"] == "application.submitted" } ?? []
        #expect(since.map { $0["subject"]?["id"]?.string } == [late])
        #expect(since.first?["candidateId"]?.string == scene.second.id)
        #expect(try await scene.admin.post("/candidates/merges/\(made.id)/undo").code == "MERGE_UNDONE")
        #expect(try await scene.views() == before)
        #expect(try await scene.found() == [scene.first.id, scene.second.id].sorted())
        // What was undone can be done again.
        try await scene.merge().expect(201)
    }

    @Test func `nobody but those with the permission merges, and only what is their tenant's`() async throws {
        let scene = try await Scene()
        let recruiter = try await scene.company.recruiter()
        for person in [recruiter, scene.company.admin, scene.first] {
            try await person.get("/candidates/merge-proposals").expect(403)
            try await person.post("/candidates/merges", scene.pair).expect(403)
        }
        let stranger = try await TestTenant().admin()
        #expect(try await stranger.post("/candidates/merges", scene.pair).code == "CANDIDATE_NOT_FOUND")
        let self2: JSON = ["keptId": .string(scene.first.id), "mergedId": .string(scene.first.id)]
        #expect(try await scene.admin.post("/candidates/merges", self2).details["mergedId"] != nil)
        let member: JSON = ["keptId": .string(scene.first.id), "mergedId": .string(recruiter.id)]
        #expect(try await scene.admin.post("/candidates/merges", member).code == "CANDIDATE_NOT_FOUND")
        let merge = try await scene.merge().expect(201)
        try await stranger.post("/candidates/merges/\(merge.id)/undo").expect(404)
    }

    @Test func `of many at once who merge the same two in both directions, one does`() async throws {
        let scene = try await Scene()
        let reversed: JSON = ["keptId": scene.pair["mergedId"] ?? .null, "mergedId": scene.pair["keptId"] ?? .null]
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<8 {
                group.addTask { try await scene.admin.post("/candidates/merges", number % 2 == 0 ? scene.pair : reversed).status }
            }
            return try await group.reduce(into: [Int]()) { $0.append($1) }
        }
        #expect(statuses.sorted() == [201] + Array(repeating: 409, count: 7))
    }

    @Test func `a merge ends when one of the two is erased, and the other keeps all`() async throws {
        let scene = try await Scene()
        let merge = try await scene.merge().expect(201)
        try await scene.admin.post("/admin/users/\(scene.first.id)/erasure").expect(202)
        try await eventually { try await scene.admin.get("/admin/erasures/1").data["status"] == "completed" }
        let shown = try await scene.admin.get("/candidates/\(scene.second.id)").expect(200)
        #expect(shown.data["id"]?.string == scene.second.id)
        #expect(try await scene.admin.post("/candidates/merges/\(merge.id)/undo").code == "MERGE_UNDONE")
    }

    private struct Scene: Sendable {
        let company: TestCompany
        let admin: Person
        let first: Person
        let second: Person
        let firsts: String
        let seconds: String
        let otherJob: String

        init() async throws {
            company = try await TestTenant().company()
            admin = try await company.tenant.admin()
            first = try await company.tenant.candidate("Ada")
            second = try await company.tenant.candidate("Ada")
            let job = try await company.job()
            otherJob = try await company.job(["title": "Another"]).id
            firsts = try await first.post("/jobs/\(job.id)/apply").expect(201).id
            seconds = try await second.post("/jobs/\(job.id)/apply").expect(201).id
        }

        var pair: JSON { ["keptId": .string(first.id), "mergedId": .string(second.id)] }

        func merge() async throws -> Answer { try await admin.post("/candidates/merges", pair) }

        func found() async throws -> [String] {
            try await admin.get("/candidates/search?q=Ada").expect(200).items.compactMap { $0["id"]?.string }.sorted()
        }

        func views() async throws -> [JSON] {
            var views: [JSON] = []
            for id in [first.id, second.id] { views.append(try await admin.get("/candidates/\(id)").expect(200).data) }
            return views
        }
    }
}
