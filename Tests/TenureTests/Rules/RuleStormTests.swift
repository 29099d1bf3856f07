import Kernel
import Testing

/// What one tenant's scripts do to the others.
@Suite struct RuleStormTests {
    @Test func `while one tenant's rules loop without end another's are answered and its rules run`() async throws {
        let storm = try await RuleShop()
        let calm = try await RuleShop()
        // Comparing long texts is one instruction each, so only the clock ends it.
        try await storm.publish(
            """
            on("application.tagged", function()
              local a, b = ("x"):rep(1e6), ("x"):rep(999999) .. "y"
              while true do local _ = a < b end
            end)
            """
        )
        let script = try await calm.publish(
            """
            before("application.status_changing", function(event) if event.to == "hired" then reject("Not yet.") end end)
            on("application.tagged", function() store.set("done", 1) end)
            """
        )
        let stormy = try await storm.job.application().id
        let application = try await calm.job.application().id
        for number in 0..<8 {
            try await storm.recruiter.post("/applications/\(stormy)/tags", ["tag": .string("t\(number)")]).expect(200)
        }
        try await calm.recruiter.post("/applications/\(application)/tags", ["tag": "look"]).expect(200)
        try await calm.recruiter.patch("/applications/\(application)/status", ["status": "screening"]).expect(200)
        try await eventually { try await calm.outcomes(of: script).count == 2 }
        #expect(try await calm.remembered("done") == 1)
    }

    /// Neither ever exceeds its budget: only the clock ends them.
    @Test(
        .serialized,
        arguments: [
            """
            local a, b = ("x"):rep(1e6), ("x"):rep(999999) .. "y"
            while true do local _ = a < b end
            """,
            """
            on("application.tagged", function()
              local a, b = ("x"):rep(1e6), ("x"):rep(999999) .. "y"
              while true do local _ = a < b end
            end)
            """,
        ]
    )
    func `while one tenant tries out six scripts without end another's trial is answered before they end`(source: String) async throws {
        let storm = try await RuleShop()
        let calm = try await RuleShop()
        let hostile: JSON = ["source": .string(source), "event": "application.tagged"]
        let harmless: JSON = ["source": #"on("application.tagged", function() log("calm") end)"#, "event": "application.tagged"]
        let over = Notebook<Int>()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<6 {
                group.addTask {
                    over.write(try await storm.admin.post("/admin/scripts/dry-run", hostile).status)
                }
            }
            for number in 0..<5 {
                let report = try await calm.admin.post("/admin/scripts/dry-run", harmless).expect(200)
                #expect(report.data["log"]?.elements == ["calm"])
                // They run one at a time, each to the end of its time; whoever waited for all of them would come last.
                if number == 0 { #expect(over.entries.count < 6) }
            }
            try await group.waitForAll()
        }
    }
}
