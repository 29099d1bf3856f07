import ChildProcesses
import Foundation
import Kernel
import Postgres
import Testing

/// What `tenure serve` refuses to start with, with messages that lead to the fix.
@Suite(.serialized) struct StartupTests {
    private static let secret = "0123456789abcdef0123456789abcdef"

    private func refusal(_ machine: Machine, _ changes: [String: String]) async throws -> String {
        let server = try await machine.spawn(["serve"], changes)
        let end = try await server.end()
        #expect(end == .exit(1))
        return server.text
    }

    @Test func `refuses roles and tables that bypass tenancy, and production with weak settings`() async throws {
        try await Machine.run { machine in
            try await machine.killServer()
            let address = "postgresql:///tenure?host=\(try await machine.sockets)&user="

            #expect(try await refusal(machine, ["DATABASE_URL": address + "postgres"]).contains("superuser"))
            #expect(try await refusal(machine, ["DATABASE_URL": address + "tenure_owner"]).contains("owns tables"))
            _ = try await machine.inspector.query("CREATE ROLE stroller LOGIN BYPASSRLS")
            #expect(try await refusal(machine, ["DATABASE_URL": address + "stroller"]).contains("bypass row-level security"))

            _ = try await machine.inspector.query("REVOKE tenure_app FROM tenure_operator")
            #expect(try await refusal(machine, [:]).contains("'tenure_operator' of OPERATOR_DATABASE_URL is not a member of tenure_app"))
            _ = try await machine.inspector.query("GRANT tenure_app TO tenure_operator")

            let production = ["TENURE_ENVIRONMENT": "production"]
            _ = try await machine.inspector.query("ALTER SYSTEM SET fsync = off")
            _ = try await machine.inspector.query("SELECT pg_reload_conf()")
            try await eventually {
                try await machine.count("SELECT count(*) AS count FROM pg_settings WHERE name = 'fsync' AND setting = 'off'") == 1
            }
            let problems = try await refusal(machine, production)
            for word in ["TENURE_SECRET must", "TENURE_SECRET_KEYS", "TENURE_PUBLIC_URL", "TENURE_LIMITS", "fsync = off"] {
                #expect(problems.contains(word))
            }
            #expect(!problems.contains("full_page_writes"))

            _ = try await machine.inspector.query("CREATE TABLE strays (tenant_id uuid NOT NULL)")
            #expect(try await refusal(machine, [:]).contains("'strays' has no row-level security"))
        }
    }

    @Test func `its metrics show pools, lanes, how far the numbering is behind, and rules`() async throws {
        try await Machine.run { machine in
            _ = try await machine.register("candidate")
            var text = ""
            try await eventually {
                text = String(decoding: try await machine.visitor().get("/metrics").bytes, as: UTF8.self)
                return text.contains("tenure_lane_wait_seconds_count{lane=\"mail\"}") && text.contains("tenure_events_unnumbered_seconds")
            }
            for pool in ["requests", "operator", "worker", "upkeep", "heavy"] {
                for state in ["open", "idle", "waiting"] { #expect(text.contains("tenure_pool_\(state){pool=\"\(pool)\"} ")) }
            }
            for lane in ["quick", "mail", "heavy"] {
                #expect(text.contains("tenure_lane_hands{lane=\"\(lane)\"} "))
                #expect(text.contains("tenure_lane_waiting{lane=\"\(lane)\"} "))
            }
            for state in ["busy", "idle", "waiting"] { #expect(text.contains("tenure_rule_runners_\(state) ")) }
            #expect(!text.contains("overflow"))
        }
    }

    @Test func `starts in production once all of that is in order`() async throws {
        try await Machine.run { machine in
            try await machine.killServer()
            let server = try await machine.spawn(
                ["serve"],
                [
                    "TENURE_ENVIRONMENT": "production", "TENURE_SECRET": Self.secret, "TENURE_LIMITS": "on",
                    "TENURE_PUBLIC_URL": "https://jobs.example.com",
                    "TENURE_SECRET_KEYS": "2026a:\(Data(repeating: 7, count: 32).base64EncodedString())",
                ]
            )
            try await eventually { try await machine.visitor().reach("/healthz") == 200 }
            server.signal(SIGTERM)
            #expect(try await server.end() == .exit(0))
        }
    }
}
