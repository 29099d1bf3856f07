package import Kernel
import Postgres

extension Identity {
    package static var personalTables: [PersonalTable] {
        [
            PersonalTable(
                "users",
                .replaced(
                    [
                        .value("email", "'[erased]'"), .null("contact_email"), .null("password_hash"), .null("first_name"),
                        .null("last_name"), .null("username"),
                        .null("phone"), .null("locale"), .null("time_zone"), .value("settings", "'{}'::jsonb"), .file("profile_picture"),
                        .null("profile_picture_type"), .null("last_sign_in_at"), .null("email_verified_at"), .null("erasure_at"),
                    ]
                ) { "t.id = ANY(\($0.people)::uuid[])" }
            )
            .words(
                [
                    """
                    ARRAY[t.email, t.contact_email, t.phone, NULLIF(concat_ws(' ', t.first_name, t.last_name), COALESCE(t.first_name, t.last_name, ''))]
                    """
                ]
            ) { "t.id = ANY(\($0.people)::uuid[])" },
            // Refresh tokens are deleted with their sessions.
            PersonalTable("sessions", .deleted(ofUser)),
            PersonalTable("password_resets", .deleted(ofUser)),
            PersonalTable("api_keys", .references(["user_id"]), .impersonal(["name"])),
        ]
    }

    private static let ofUser: PersonalTable.Whose = { "t.user_id = ANY(\($0.people)::uuid[])" }
}

extension UserFact {
    package static func personal(at path: String) -> [PersonalPart] { [PersonalPart(of: "\(path).id", ["\(path).email", "\(path).name"])] }
}

extension UserRegistered {
    package static var personal: [PersonalPart] { UserFact.personal(at: "user") }
}

extension EmailChanged {
    package static var personal: [PersonalPart] { [PersonalPart(of: "userId", ["from", "to"])] }
}

extension UserSignedIn {
    package static var personal: [PersonalPart] { [PersonalPart(of: "userId", ["address"])] }
}

extension UserUpdated {
    package static var personal: [PersonalPart] { UserFact.personal(at: "user") }
}

extension UserDeactivated {
    package static var personal: [PersonalPart] { UserFact.personal(at: "user") }
}

extension APIKeyCreated {
    package static var personal: [PersonalPart] { [.impersonal("name")] }
}

extension APIKeyRevoked {
    package static var personal: [PersonalPart] { [.impersonal("name")] }
}

extension APIKeyRegenerated {
    package static var personal: [PersonalPart] { [.impersonal("name")] }
}
