import Foundation
import Kernel

/// A rule of the demo tenant, as Lua.
struct DemoRule: Sendable {
    let name: String
    /// The event that it is tried with.
    let event: String
    let source: String

    static let all = [twoScorecards, fastTrack, knockOut]

    private static let twoScorecards = DemoRule(
        name: "two-scorecards",
        event: "application.status_changing",
        source: """
            before("application.status_changing", function(event)
              if event.to == "hired" and #event.application.scorecards < 2 then
                return reject("Two scorecards are required before hiring.")
              end
            end)

            """
    )

    private static let fastTrack = DemoRule(
        name: "fast-track",
        event: "application.submitted",
        source: """
            -- Strong matches don't wait for somebody to look at them.
            on("application.submitted", function(event)
              local app = event.application
              if app.atsScore and app.atsScore >= 85 and #app.disqualifiedBy == 0 then
                app:move("screening", { reason = "Strong match: " .. app.atsScore .. " of 100." })
                app:tag("fast-track")
                notify { role = "recruiter", text = app.candidate.name .. " was fast-tracked: " .. app.job.title }
              end
            end)

            """
    )

    private static let knockOut = DemoRule(
        name: "knock-out",
        event: "application.submitted",
        source: """
            -- Doesn't reject: a person decides, but sees the answers at a glance.
            on("application.submitted", function(event)
              local app = event.application
              if #app.disqualifiedBy > 0 then
                app:tag("knock-out")
                app:note("Answered against the job's terms: " .. table.concat(app.disqualifiedBy, ", ") .. ".")
              end
            end)

            """
    )

    func publish(by admin: Caller, on stage: DemoStage, at moment: Date) async throws {
        let body: JSON = ["name": .string(name), "kind": "rule", "source": .string(source)]
        let script = try await stage.perform("POST /admin/scripts", by: admin, at: moment, body)
        let trial: JSON = ["source": .string(source), "event": .string(event)]
        try await stage.perform("POST /admin/scripts/dry-run", by: admin, at: moment, trial)
        try await stage.perform("POST /admin/scripts/{id}/publish", by: admin, at: moment, id: script["id"]?.string)
    }
}
