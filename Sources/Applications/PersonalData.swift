package import Kernel
import Postgres

extension Applications {
    package static var personalTables: [PersonalTable] {
        [
            PersonalTable(
                "applications",
                .replaced(
                    [
                        .value("applicant", #"'{"name": "[erased]", "skills": [], "titles": [], "isComplete": true}'::jsonb"#),
                        .mark("cover_letter"), .value("answers", "'[]'::jsonb"), .value("disqualified_by", "'{}'::text[]"), .null("source"),
                        .null("score_explanation"), .value("tags", "'{}'::text[]"),
                    ],
                    { "t.id = ANY(\($0.things)::uuid[])" }
                ),
                .references(["candidate_id"])
            )
            .things { "t.candidate_id = ANY(\($0.people)::uuid[])" },
            PersonalTable(
                "application_ratings",
                .replaced([.mark("comment"), .value("criteria", "'{}'::jsonb")], ofApplication),
                .searched([.text("comment")]),
                .references(["author", "author_id"])
            ),
            PersonalTable(
                "application_notes",
                .replaced([.mark("text")], ofApplication),
                .searched([.text("text")]),
                .references(["author_id"])
            )
            .things(ofCandidate),
            PersonalTable(
                "interviews",
                .replaced([.mark("message"), .mark("feedback"), .mark("location"), .null("meeting_url")], ofApplication),
                .searched([.text("message"), .text("feedback")]),
                .references(["interviewers", "created_by"])
            )
            .things(ofCandidate),
            PersonalTable(
                "interview_guests",
                .replaced([.mark("comment")]) { subject in
                    """
                    (t.user_id = ANY(\(subject.people)::uuid[]) OR t.is_candidate AND t.interview_id IN (
                        SELECT i.id FROM interviews i WHERE i.tenant_id = \(subject.tenant) AND i.application_id = ANY(\(subject.things)::uuid[])
                    ))
                    """
                },
                .searched([.text("comment")]),
                .references(["user_id"])
            ),
            PersonalTable(
                "scorecards",
                .replaced([.mark("comment"), .value("ratings", "'{}'::jsonb")], ofApplication),
                .searched([.text("comment")]),
                .references(["author_id"])
            )
            .things(ofCandidate),
            PersonalTable(
                "offers",
                .replaced(
                    [.value("base_salary", "0"), .null("bonus"), .mark("equity"), .mark("benefits"), .mark("message"), .mark("reply")],
                    ofApplication
                ),
                .searched([.text("message"), .text("reply")]),
                .references(["created_by"])
            )
            .things(ofCandidate),
        ]
    }

    package static var belongings: [Belonging] {
        [
            Belonging(
                "application",
                in: "applications",
                since: "applied_at",
                label: "(SELECT j.title FROM jobs j WHERE j.tenant_id = t.tenant_id AND j.id = t.job_id)"
            ) { candidate in
                "EXISTS (SELECT FROM applications o WHERE o.tenant_id = t.tenant_id AND o.job_id = t.job_id AND o.candidate_id = \(candidate))"
            }
        ]
    }

    private static let ofApplication: PersonalTable.Whose = { "t.application_id = ANY(\($0.things)::uuid[])" }

    /// Rows about an application: all of the candidate's or, if a single application is erased, only that one's.
    private static let ofCandidate: PersonalTable.Whose = { subject in
        """
        (t.application_id = ANY(\(subject.things)::uuid[]) OR t.application_id IN (
            SELECT a.id FROM applications a WHERE a.tenant_id = \(subject.tenant) AND a.candidate_id = ANY(\(subject.people)::uuid[])
        ))
        """
    }
}

extension ApplicationFact {
    /// What is kept says how far somebody came, and not who they were.
    fileprivate static func personal(_ fields: String...) -> [PersonalPart] { personal(fields) }

    fileprivate static func personal(_ fields: [String]) -> [PersonalPart] {
        let own = ["candidate.name", "candidate.headline", "candidate.location", "candidate.skills", "candidate.yearsOfExperience"]
        let given = ["tags", "answers", "disqualifiedBy", "source"]
        return [PersonalPart(of: "application.id", (own + given).map { "application.\($0)" } + fields), .impersonal("application.job")]
    }
}

extension ApplicationSubmitted {
    package static var personal: [PersonalPart] { ApplicationFact.personal() }
}

extension ApplicationStatusChanged {
    package static var personal: [PersonalPart] { ApplicationFact.personal("reason", "comment") }
}

extension ApplicationWithdrawn {
    package static var personal: [PersonalPart] { ApplicationFact.personal("reason") }
}

extension ApplicationRenewed {
    package static var personal: [PersonalPart] { ApplicationFact.personal("replacedLetter") }
}

extension ApplicationTagged {
    package static var personal: [PersonalPart] { ApplicationFact.personal("tag") }
}

extension ApplicationUntagged {
    package static var personal: [PersonalPart] { ApplicationFact.personal("tag") }
}

extension NoteChanged {
    package static var personal: [PersonalPart] { ApplicationFact.personal("text") }
}

extension NoteDeleted {
    package static var personal: [PersonalPart] { ApplicationFact.personal() }
}

extension ApplicationNoted {
    package static var personal: [PersonalPart] { ApplicationFact.personal("text") }
}

extension ApplicationRated {
    package static var personal: [PersonalPart] { ApplicationFact.personal() }
}

extension InterviewScheduled {
    package static var personal: [PersonalPart] { ApplicationFact.personal() }
}

extension InterviewChanged {
    package static var personal: [PersonalPart] { ApplicationFact.personal() }
}

extension InterviewAnswered {
    package static var personal: [PersonalPart] {
        ApplicationFact.personal() + [PersonalPart(of: "userId", ["comment"])]
    }
}

extension ScorecardSubmitted {
    package static var personal: [PersonalPart] { ApplicationFact.personal() }
}

private let offerTerms = ["baseSalary", "bonus", "equity", "benefits", "message", "reply"].map { "offer.\($0)" }

extension OfferMade {
    package static var personal: [PersonalPart] { ApplicationFact.personal(offerTerms) }
}

extension OfferChanged {
    package static var personal: [PersonalPart] { ApplicationFact.personal(offerTerms) }
}
