package import Kernel
import Postgres

extension Outbox {
    package static var personalTables: [PersonalTable] {
        [
            PersonalTable(
                "mails",
                .searched([.texts("recipients"), .text("subject"), .text("error")]),
                .impersonal(["message"])
            ),
            PersonalTable(
                "mail_bounces",
                .deleted { subject in "t.address = ANY(\(subject.words.map { $0.lowercased() })::text[])" },
                .searched([.text("reason")])
            ),
        ]
    }
}

extension MailBounced {
    package static var personal: [PersonalPart] { [.impersonal("about")] }
}

extension MailRetried {
    package static var personal: [PersonalPart] { [.impersonal("about")] }
}
