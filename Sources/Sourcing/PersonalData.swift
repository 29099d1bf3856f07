package import Kernel
import Postgres

extension Sourcing {
    package static var personalTables: [PersonalTable] {
        [
            PersonalTable(
                "candidate_imports",
                .references(["created_by"]),
                .impersonal(["file_name", "source", "columns", "ignored_columns"])
            ),
            PersonalTable(
                "candidate_import_lines",
                .replaced([.value("fields", "'{}'::jsonb"), .null("address"), .null("person")]) {
                    "t.candidate_id = ANY(\($0.people)::uuid[])"
                },
                .searched([.jsonb("fields")]),
                .references(["candidate_id"]),
                .impersonal(["problem", "problem_field"])
            ),
        ]
    }
}
