package import Kernel
import Postgres

extension Rules {
    package static var personalTables: [PersonalTable] { scriptTables + runTables + replayTables + consoleTables }

    /// Rules apply to everybody, so they aren't searched for people.
    private static var scriptTables: [PersonalTable] {
        [
            PersonalTable("scripts", .impersonal(["name", "draft_source"])),
            PersonalTable(
                "script_versions",
                .references(["published_by"]),
                .impersonal(["source", "handlers", "modules", "comment"])
            ),
            PersonalTable("script_trials", .references(["tried_by"])),
            PersonalTable("script_store", .searched([.jsonb("value")])),
        ]
    }

    private static var runTables: [PersonalTable] {
        [
            // Runs about the person can't be executed again; other runs that only mention them lose their words.
            PersonalTable(
                "script_runs",
                .replaced(
                    [
                        .mark("reason"), .value("log", "CASE WHEN t.log = '{}' THEN t.log ELSE '{[erased]}' END"),
                        .value("effects", "'[]'::json"), .value("reads", "'[]'::json"), .null("answers"), .null("input"),
                        .value("amendments", "'{}'::json"), .null("compared"),
                    ],
                    aboutThem
                ),
                .searched(
                    [
                        .text("reason"), .texts("log"), .json("effects"), .json("reads"), .json("answers"), .json("input"),
                        .json("amendments"), .json("compared"),
                    ]
                ),
                .impersonal(["event_name"])
            ),
            PersonalTable("script_held", .searched([.text("problem")]), .references(["decided_by"])),
        ]
    }

    private static let aboutThem: PersonalTable.Whose = { subject in
        """
        (t.event_id IN (SELECT e.id FROM events e WHERE e.tenant_id = \(subject.tenant) AND e.subject_id = ANY(\(subject.ids)::uuid[]))
            OR EXISTS (SELECT FROM unnest(\(subject.ids)::uuid[]) n (id) WHERE strpos(t.input::text, n.id::text) > 0))
        """
    }

    private static var replayTables: [PersonalTable] {
        [
            PersonalTable(
                "script_replays",
                .searched([.text("reason"), .jsonb("store")]),
                .references(["requested_by"]),
                .impersonal(["source", "modules", "handlers", "tally", "matrix"])
            ),
            PersonalTable(
                "script_replay_differences",
                .replaced(
                    [.mark("label"), .mark("reason"), .value("would", "'[]'::jsonb"), .value("did", "'[]'::jsonb")]
                ) { "t.subject_id = ANY(\($0.ids)::uuid[])" },
                .searched([.text("label"), .text("reason"), .jsonb("would"), .jsonb("did")]),
                .impersonal(["event_name"])
            ),
        ]
    }

    private static var consoleTables: [PersonalTable] {
        [
            PersonalTable(
                "console_runs",
                .searched([.text("source"), .text("comment"), .texts("output"), .json("tables"), .text("reason")]),
                .references(["admin_id"])
            )
            .tenancy { "EXISTS (SELECT FROM console_run_tenants r WHERE r.run_id = t.id AND r.tenant_id = \($0.tenant))" },
            PersonalTable("console_run_tenants", .searched([.json("effects"), .text("error")])),
        ]
    }
}

extension ScriptEvent {
    package static var personal: [PersonalPart] { [.impersonal("script", "comment", "reason", "former")] }
}

extension StoreChanged {
    package static var personal: [PersonalPart] { [.searched("value", "former")] }
}

extension ConsoleApplied {
    package static var personal: [PersonalPart] { [.impersonal("comment")] }
}
