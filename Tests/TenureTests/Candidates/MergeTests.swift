import Foundation
import Kernel
import Postgres
import Testing

@testable import Candidates
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
        let since = undone.data["since"]?.items ?? []
        #expect(since.map { $0["subject"]?["id"]?.string } == [late])
        #expect(since.first?["label"] == "Another" && since.first?["assignedAt"] == nil)
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

    @Test func `what came since is given to either of the two, there and back, and the ledger keeps who said so`() async throws {
        let scene = try await Scene()
        let merge = try await scene.merge().expect(201).id
        let late = try await scene.second.post("/jobs/\(scene.otherJob)/apply").expect(201).id
        let resume = try await scene.second.upload("/resumes/upload", file: Fixture.pdf, name: "late.pdf").expect(201).id
        let (first, second) = (scene.first.id, scene.second.id)
        #expect(try await scene.assign("application", late, to: first, of: merge).code == "MERGE_STANDS")
        #expect(try await scene.since(merge).map { $0["subject"]?["id"]?.string } == [late, resume])
        try await scene.admin.post("/candidates/merges/\(merge)/undo").expect(200)
        let before = try await scene.owners()

        let moved = try await scene.assign("application", late, to: first, of: merge).expect(200)
        #expect(moved.data["candidateId"]?.string == first && moved.data["assignedBy"]?.string == scene.admin.id)
        try await scene.assign("resume", resume, to: first, of: merge).expect(200)
        #expect(try await scene.owners() == [first: [scene.firsts, late].sorted(), second: [scene.seconds]])
        #expect(try await scene.first.get("/resumes/\(resume)").status == 200)
        #expect(try await scene.second.get("/resumes/\(resume)").status == 404)
        #expect(try await scene.since(merge).map { $0["candidateId"]?.string } == [first, first])
        // Said twice, it is so once.
        #expect(try await scene.assign("application", late, to: first, of: merge).expect(200).data == moved.data)
        #expect(try await scene.events("candidate.assigned") == 2)
        try await scene.assign("application", late, to: second, of: merge).expect(200)
        try await scene.assign("resume", resume, to: second, of: merge).expect(200)
        #expect(try await scene.owners() == before)
        #expect(try await scene.events("candidate.assigned") == 4)
        // The two may be merged again, and what is theirs stays so.
        let again = try await scene.merge().expect(201).id
        #expect(try await scene.since(again).isEmpty)
        try await scene.admin.post("/candidates/merges/\(again)/undo").expect(200)
        #expect(try await scene.owners() == before)
    }

    @Test func `only what came while two were one is assigned, to one of them, where there is room`() async throws {
        let scene = try await Scene()
        let merge = try await scene.merge().expect(201).id
        let late = try await scene.second.post("/jobs/\(scene.otherJob)/apply").expect(201).id
        try await scene.admin.post("/candidates/merges/\(merge)/undo").expect(200)
        let after = try await scene.company.job(["title": "A third"])
        let afterwards = try await scene.second.post("/jobs/\(after.id)/apply").expect(201).id
        for id in [scene.seconds, afterwards, UUID().uuidString] {
            #expect(try await scene.assign("application", id, to: scene.first.id, of: merge).code == "SINCE_NOT_FOUND")
        }
        #expect(try await scene.assign("resume", late, to: scene.first.id, of: merge).code == "SINCE_NOT_FOUND")
        #expect(try await scene.assign("note", late, to: scene.first.id, of: merge).details["kind"] != nil)
        let third = try await scene.company.tenant.candidate("Grace")
        #expect(try await scene.assign("application", late, to: third.id, of: merge).details["candidateId"] != nil)
        try await scene.first.post("/jobs/\(scene.otherJob)/apply").expect(201)
        #expect(try await scene.assign("application", late, to: scene.first.id, of: merge).code == "ASSIGNMENT_TAKEN")
        let stranger = try await TestTenant().admin()
        let body: JSON = ["kind": "application", "subjectId": .string(late), "candidateId": .string(scene.first.id)]
        #expect(try await stranger.post("/candidates/merges/\(merge)/assignments", body).code == "MERGE_NOT_FOUND")
        for person in [scene.company.admin, try await scene.company.recruiter(), scene.first] {
            try await person.post("/candidates/merges/\(merge)/assignments", body).expect(403)
            try await person.get("/candidates/merges/\(merge)/since").expect(403)
        }
    }

    @Test func `of many at once who assign one thing to both sides, the last one said holds, in the ledger and in the rows`() async throws {
        let scene = try await Scene()
        let merge = try await scene.merge().expect(201).id
        let late = try await scene.second.post("/jobs/\(scene.otherJob)/apply").expect(201).id
        try await scene.admin.post("/candidates/merges/\(merge)/undo").expect(200)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<8 {
                let side = number % 2 == 0 ? scene.first.id : scene.second.id
                group.addTask { try await scene.assign("application", late, to: side, of: merge).expect(200) }
            }
            try await group.waitForAll()
        }
        let thing = try #require(try await scene.since(merge).first)
        let side = try #require(thing["candidateId"]?.string)
        #expect(try await scene.owners()[side]?.contains(late) == true)
        let kept: SQL = """
            SELECT count(*)
            FROM merge_assignments a
            JOIN applications b ON b.tenant_id = a.tenant_id AND b.id = a.subject_id AND b.candidate_id = a.candidate_id
            WHERE a.tenant_id = \(scene.company.tenant.id)
            """
        #expect(try await scene.company.tenant.count(kept) == 1)
    }

    @Test func `after one of the two is erased the other keeps what was given to them, and nothing goes to nobody`() async throws {
        let scene = try await Scene()
        let merge = try await scene.merge().expect(201).id
        let late = try await scene.second.post("/jobs/\(scene.otherJob)/apply", ["coverLetter": "Mine."]).expect(201).id
        let left = try await scene.company.job(["title": "Left behind"])
        let behind = try await scene.second.post("/jobs/\(left.id)/apply").expect(201).id
        try await scene.admin.post("/candidates/merges/\(merge)/undo").expect(200)
        try await scene.assign("application", late, to: scene.first.id, of: merge).expect(200)
        try await scene.erase(scene.second)
        let kept = try await scene.company.admin.get("/applications/\(late)").expect(200)
        #expect(kept.data["coverLetter"] == "Mine." && kept.data["applicant"]?["name"] != "[erased]")
        #expect(try await scene.company.admin.get("/applications/\(behind)").data["applicant"]?["name"] == "[erased]")
        #expect(try await scene.since(merge).map { $0["subject"]?["id"]?.string } == [late])
        #expect(try await scene.assign("application", late, to: scene.second.id, of: merge).code == "CANDIDATE_NOT_FOUND")
        #expect(try await scene.assign("application", behind, to: scene.first.id, of: merge).code == "SINCE_NOT_FOUND")
    }

    @Test(arguments: [
        ["Zoë", "O'Neill", "Zoe", "O’Neill"], ["Łukasz", "Żółć", "LUKASZ", "ZOLC"], ["Cher", "", "cher", ""],
        ["Jose\u{301}", "Núñez", "Jos\u{E9}", "Nun\u{303}ez"], ["Anna  Maria", "von Au", "Anna-Maria", "Vonau"],
        ["Йордан", "Ёлкин", "йордан", "ЕЛКИН"], ["Σίσυφος", "Παπάς", "ΣΙΣΥΦΟΣ", "ΠΑΠΑΣ"], ["太郎", "田中", "太\u{3000}郎", "田中"],
        ["مُحَمَّد", "علي", "محمد", "علي"], ["Jörg", "Großmann", "JORG", "GROSSMANN"], ["김민준", "", "\u{1100}\u{1175}\u{11B7}민준", ""],
    ])
    func `names that differ in marks, case, spaces or form alone are one name`(_ names: [String]) async throws {
        let tenant = try await TestTenant()
        let admin = try await tenant.admin()
        for (first, last) in [(names[0], names[1]), (names[2], names[3])] {
            let person = try await tenant.candidate(first)
            try await person.patch("/users/me", ["lastName": last.isEmpty ? .null : .string(last)]).expect(200)
        }
        let found = try await admin.get("/candidates/merge-proposals").expect(200).items
        #expect(found.map { $0["reasons"] } == [["name"]])
    }

    @Test(arguments: [["राम", "रमा"], ["か", "が"], ["Ada", "Adam"], ["Ø", "Å"]])
    func `names that differ in a letter are two`(_ names: [String]) async throws {
        let tenant = try await TestTenant()
        for name in names { _ = try await tenant.candidate(name) }
        #expect(try await tenant.admin().get("/candidates/merge-proposals").expect(200).items.isEmpty)
    }

    @Test func `what two share is known at once when one of them changes, and what a resume says with it`() async throws {
        let tenant = try await TestTenant()
        let admin = try await tenant.admin()
        let first = try await tenant.candidate("Ada")
        let second = try await tenant.candidate("Bob")
        func proposed() async throws -> [JSON?] {
            try await admin.get("/candidates/merge-proposals").expect(200).items.map { $0["reasons"] }
        }
        #expect(try await proposed().isEmpty)
        try await second.patch("/users/me", ["firstName": "ADA", "lastName": "Tester"]).expect(200)
        #expect(try await proposed() == [["name"]])
        let file = try Fixture.document("backend-engineer.pdf")
        for person in [first, second] {
            let resume = try await person.upload("/resumes/upload", file: file, name: "cv.pdf").expect(201)
            try await eventually { try await person.get("/resumes/\(resume.id)").data["status"] == "parsed" }
        }
        #expect(try await proposed() == [["email", "name", "phone"]])
        try await second.patch("/users/me", ["firstName": "Bob"]).expect(200)
        #expect(try await proposed() == [["email", "phone"]])
        try await tenant.execute("UPDATE resumes SET deleted_at = now() WHERE tenant_id = \(tenant.id)")
        #expect(try await proposed().isEmpty)
    }

    @Test func `a proposal that was dismissed comes again for a new reason alone, or when the dismissal is undone`() async throws {
        let scene = try await Scene()
        func proposed() async throws -> [JSON?] {
            try await scene.admin.get("/candidates/merge-proposals").expect(200).items.map { $0["reasons"] }
        }
        #expect(try await proposed() == [["name"]])
        let preview = try await scene.admin.get(
            "/candidates/merge-preview?keptId=\(scene.first.id)&mergedId=\(scene.second.id)"
        ).expect(200)
        #expect(preview.data["reasons"] == ["name"] && preview.data["isMergedBefore"] == false)
        #expect(preview.data["merged"]?["holds"]?.items.first { $0["kind"] == "application" }?["count"] == 1)
        let dismissed = try await scene.dismiss().expect(201)
        #expect(dismissed.data["reasons"] == ["name"] && dismissed.data["dismissedBy"]?.string == scene.admin.id)
        #expect(try await proposed().isEmpty)
        // Named in the other order, it is the same.
        let reversed: JSON = ["keptId": .string(scene.second.id), "mergedId": .string(scene.first.id)]
        #expect(try await scene.admin.post("/candidates/merge-dismissals", reversed).expect(201).id == dismissed.id)
        for person in [scene.first, scene.second] { try await person.patch("/users/me", ["phone": "+44 20 7946 0000"]).expect(200) }
        #expect(try await proposed() == [["name", "phone"]])
        try await scene.dismiss().expect(201)
        #expect(try await proposed().isEmpty)
        try await scene.second.patch("/users/me", ["phone": .null]).expect(200)
        #expect(try await proposed().isEmpty)
        let listed = try await scene.admin.get("/candidates/merge-dismissals").expect(200).items
        #expect(listed.map { $0["id"]?.string } == [dismissed.id] && listed.first?["reasons"] == ["name", "phone"])
        try await scene.admin.delete("/candidates/merge-dismissals/\(dismissed.id)").expect(204)
        #expect(try await scene.admin.delete("/candidates/merge-dismissals/\(dismissed.id)").code == "DISMISSAL_NOT_FOUND")
        #expect(try await proposed() == [["name"]])
        #expect(try await scene.events("candidate.merge_dismissed") == 3)
        #expect(try await scene.events("candidate.merge_dismissal_undone") == 1)
    }

    @Test func `only those who may merge dismiss, and only what is proposed in their tenant`() async throws {
        let scene = try await Scene()
        let other = try await scene.company.tenant.candidate("Grace")
        let unlike: JSON = ["keptId": .string(scene.first.id), "mergedId": .string(other.id)]
        #expect(try await scene.admin.post("/candidates/merge-dismissals", unlike).code == "MERGE_NOT_PROPOSED")
        let id = try await scene.dismiss().expect(201).id
        let stranger = try await TestTenant().admin()
        #expect(try await stranger.post("/candidates/merge-dismissals", scene.pair).code == "MERGE_NOT_PROPOSED")
        try await stranger.delete("/candidates/merge-dismissals/\(id)").expect(404)
        #expect(try await stranger.get("/candidates/merge-dismissals").items.isEmpty)
        for person in [scene.company.admin, scene.first] {
            try await person.post("/candidates/merge-dismissals", scene.pair).expect(403)
            try await person.delete("/candidates/merge-dismissals/\(id)").expect(403)
        }
        try await scene.erase(scene.second)
        #expect(try await scene.admin.get("/candidates/merge-dismissals").items.isEmpty)
    }

    @Test func `what candidates share is found by an index beneath row-level security`() async throws {
        let tenant = try await TestTenant()
        let id = try #require(Identifier<User>(try await tenant.candidate().id))
        for statement in [TraitQueries.proposals(limit: 50, tenant: tenant.id), TraitQueries.shared(by: id, and: id, tenant: tenant.id)] {
            let plan = try await tenant.plan(statement, without: "enable_seqscan")
            #expect(!plan.contains("Seq Scan on candidate_traits"), "\(plan)")
            #expect(plan.contains("Index Cond") && plan.contains("candidate_traits_"), "\(plan)")
        }
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

        func assign(_ kind: String, _ id: String, to candidate: String, of merge: String) async throws -> Answer {
            let body: JSON = ["kind": .string(kind), "subjectId": .string(id), "candidateId": .string(candidate)]
            return try await admin.post("/candidates/merges/\(merge)/assignments", body)
        }

        func since(_ merge: String) async throws -> [JSON] {
            try await admin.get("/candidates/merges/\(merge)/since").expect(200).data["since"]?.items ?? []
        }

        func dismiss() async throws -> Answer { try await admin.post("/candidates/merge-dismissals", pair) }

        /// Each side's applications, as each side sees them.
        func owners() async throws -> [String: [String]] {
            var owners: [String: [String]] = [:]
            for person in [first, second] {
                owners[person.id] = try await person.get("/applications").expect(200).items.compactMap { $0["id"]?.string }.sorted()
            }
            return owners
        }

        func events(_ name: String) async throws -> Int {
            try await company.tenant.count("SELECT count(*) FROM events WHERE tenant_id = \(company.tenant.id) AND name = \(name)")
        }

        func erase(_ person: Person) async throws {
            let number = try #require(try await admin.post("/admin/users/\(person.id)/erasure").expect(202).data["number"]?.int)
            try await eventually { try await admin.get("/admin/erasures/\(number)").data["status"] == "completed" }
        }

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
