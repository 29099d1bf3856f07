package import Kernel
import Postgres

extension Notifications {
    package static var personalTables: [PersonalTable] {
        [
            PersonalTable(
                "notifications",
                .deleted { "t.user_id = ANY(\($0.people)::uuid[])" },
                .replaced([.mark("text")]) { "t.subject_id = ANY(\($0.ids)::uuid[])" },
                .searched([.text("text")])
            ),
            PersonalTable("notification_preferences", .deleted { "t.user_id = ANY(\($0.people)::uuid[])" }),
        ]
    }
}

extension NotificationSent {
    package static var personal: [PersonalPart] { [PersonalPart(of: "about.id", ["text"]), PersonalPart(of: "users", ["text"])] }
}
