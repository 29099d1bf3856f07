package import Kernel
import Postgres

extension Outbox {
    package static var personalTables: [PersonalTable] {
        [
            PersonalTable(
                "mails",
                .searched([.texts("recipients"), .text("subject"), .text("error")]),
                .impersonal(["message"])
            )
        ]
    }
}

extension MailRetried {
    package static var personal: [PersonalPart] { [.impersonal("about")] }
}
