package import Kernel
import Postgres

extension Approvals {
    package static var personalTables: [PersonalTable] {
        [
            PersonalTable("approval_chains", .references(["updated_by"]), .impersonal(["steps"])),
            PersonalTable(
                "approvals",
                .replaced([.null("amount"), .value("terms", "'{}'::jsonb")]) { "t.candidate_id = ANY(\($0.people)::uuid[])" },
                .references(["candidate_id", "asked_by"]),
                .impersonal(["title", "steps"])
            )
            .things { "t.candidate_id = ANY(\($0.people)::uuid[])" },
            PersonalTable(
                "approval_answers",
                .replaced([.mark("reason")]) { subject in
                    """
                    (t.user_id = ANY(\(subject.people)::uuid[]) OR EXISTS (
                        SELECT FROM approvals p WHERE p.tenant_id = t.tenant_id AND p.id = t.approval_id
                            AND p.candidate_id = ANY(\(subject.people)::uuid[])
                    ))
                    """
                },
                .searched([.text("reason")]),
                .references(["user_id"])
            ),
        ]
    }
}

extension ApprovalFact {
    fileprivate static var personal: [PersonalPart] {
        [.impersonal("approval.title"), PersonalPart(of: "approval.applicationId", ["approval.amount"])]
    }
}

extension ApprovalRequested {
    package static var personal: [PersonalPart] { ApprovalFact.personal }
}

extension ApprovalAnswered {
    package static var personal: [PersonalPart] { ApprovalFact.personal + [.actors("reason")] }
}

extension ApprovalDecided {
    package static var personal: [PersonalPart] { ApprovalFact.personal }
}

extension ApprovalCanceled {
    package static var personal: [PersonalPart] { ApprovalFact.personal }
}
