package import Kernel
import Postgres

extension InboundMail {
    package static var personalTables: [PersonalTable] {
        [
            PersonalTable(
                "inbound_mails",
                .deleted { subject in "lower(t.sender) = ANY(\(subject.words.map { $0.lowercased() })::text[])" }
            )
        ]
    }
}
