package import Kernel
import Postgres

extension Candidates {
    package static var personalTables: [PersonalTable] {
        [
            PersonalTable(
                "candidates",
                .replaced(
                    [
                        .null("headline"), .null("summary"), .null("location"), .null("skills"), .value("preferences", "'{}'::jsonb"),
                        .value("job_search_mode", "'hidden'"), .value("visibility", "'private'"),
                    ]
                ) { "t.id = ANY(\($0.people)::uuid[])" }
            ),
            PersonalTable(
                "sourced_candidates",
                .replaced([.null("source"), .value("tags", "'{}'::text[]"), .mark("note"), .value("is_erased", "true")]) {
                    "t.id = ANY(\($0.people)::uuid[])"
                },
                .searched([.text("note")]),
                .references(["added_by"])
            ),
            PersonalTable("candidate_traits", .deleted { "t.candidate_id = ANY(\($0.people)::uuid[])" }),
            // Triggers make these of users, candidates and resumes, and delete them when an account is closed, which comes before its erasure.
            PersonalTable("candidate_listings", .impersonal(["name", "skills"])),
            PersonalTable("candidate_words", .impersonal(["candidate_id", "name"])),
            PersonalTable("candidate_merges", .references(["kept_id", "merged_id", "merged_by", "undone_by"]), .impersonal(["reasons"])),
            PersonalTable("merge_assignments", .references(["candidate_id", "assigned_by"])),
            PersonalTable("merge_dismissals", .references(["first_id", "second_id", "dismissed_by"]), .impersonal(["reasons"])),
        ]
    }
}

extension CandidateAdded {
    package static var personal: [PersonalPart] {
        [PersonalPart(of: "candidateId", ["name", "source", "tags"]), .impersonal("companyId")]
    }
}

extension CandidateUpdated {
    package static var personal: [PersonalPart] { [PersonalPart(of: "candidate.id", ["candidate.skills"])] }
}
