package import Kernel
import Postgres

extension CompanyLetters {
    package static var personalTables: [PersonalTable] {
        [
            PersonalTable(
                "company_letters",
                .searched([.text("subject"), .text("body")]),
                .references(["updated_by"])
            )
        ]
    }
}
