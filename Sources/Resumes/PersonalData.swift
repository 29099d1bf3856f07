package import Kernel
import Postgres

extension Resumes {
    package static var personalTables: [PersonalTable] {
        [
            PersonalTable(
                "resumes",
                .replaced(
                    [
                        .mark("title"), .mark("file_name"), .null("linkedin_url"), .file("blob_key", "''"), .value("text", "''"),
                        .null("prominent_line"), .value("links", "'{}'::text[]"), .null("parsed"), .null("problem"),
                        .value("deleted_at", "COALESCE(t.deleted_at, t.updated_at)"),
                    ]
                ) { "t.candidate_id = ANY(\($0.people)::uuid[])" },
                .references(["candidate_id"])
            )
            .things { "t.candidate_id = ANY(\($0.people)::uuid[])" }
            .words(
                [
                    "ARRAY(SELECT p.value ->> 'value' FROM jsonb_array_elements(t.parsed -> 'phones') p)",
                    "ARRAY(SELECT p.value ->> 'value' FROM jsonb_array_elements(t.parsed -> 'emails') p)", "ARRAY[t.linkedin_url]",
                ]
            ) { "t.candidate_id = ANY(\($0.people)::uuid[])" }
        ]
    }

    package static var belongings: [Belonging] {
        [Belonging("resume", in: "resumes", since: "created_at", label: "t.title", where: "t.deleted_at IS NULL")]
    }
}

extension ResumeParsed {
    package static var personal: [PersonalPart] { [PersonalPart(of: "resume.candidateId", ["skills", "yearsOfExperience"])] }
}

extension ResumeUnreadable {
    package static var personal: [PersonalPart] { [.impersonal("problem")] }
}
