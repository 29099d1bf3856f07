package import Kernel
import Postgres

extension Companies {
    package static var personalTables: [PersonalTable] {
        [
            PersonalTable(
                "companies",
                .references(["created_by"]),
                .impersonal(["name", "website", "description", "location", "approval_reason"])
            ),
            PersonalTable("company_members", .references(["user_id"])),
            PersonalTable(
                "company_ratings",
                .replaced([.mark("comment")]) { "t.user_id = ANY(\($0.people)::uuid[])" },
                .searched([.text("comment")]),
                .references(["user_id"])
            ),
        ]
    }
}

extension CompanyFact {
    private static let impersonal = PersonalPart.impersonal("company")

    fileprivate static func with(_ parts: PersonalPart...) -> [PersonalPart] { [impersonal] + parts }
}

extension MemberFact {
    fileprivate static var personal: PersonalPart { PersonalPart(of: "member.userId", ["member.name", "member.email"]) }
}

extension CompanyCreated {
    package static var personal: [PersonalPart] { CompanyFact.with() }
}

extension CompanyUpdated {
    package static var personal: [PersonalPart] { CompanyFact.with() }
}

extension CompanyApproved {
    package static var personal: [PersonalPart] { CompanyFact.with() }
}

extension CompanyRejected {
    package static var personal: [PersonalPart] { CompanyFact.with(.impersonal("reason")) }
}

extension MemberInvited {
    package static var personal: [PersonalPart] { CompanyFact.with(MemberFact.personal) }
}

extension MemberChanged {
    package static var personal: [PersonalPart] { CompanyFact.with(MemberFact.personal) }
}

extension CompanyRated {
    package static var personal: [PersonalPart] { CompanyFact.with(.actors("comment")) }
}
