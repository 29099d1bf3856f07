import ArgumentParser
import Blobs
import Identity
import Mail
import Outbound
import RuleFiles
import Rules
import Secrets
import Variables
import Web

extension Settings {
    /// One section for each part of the program; a setting that is read but is in none of them fails a test.
    static let sections = [
        Program.section, Database.section, BlobSettings.section, WebSettings.section, IdentitySettings.section, SecretsSettings.section,
        OutboundSettings.section, MailSettings.section, RulesSettings.section, TeamSettings.section,
    ]

    /// `deploy/environment.md`.
    static var page: String {
        let opening = """
            # The environment

            All of `tenure`'s settings are environment variables. Relative paths start at the working directory. `tenure settings` prints this page.
            """
        return ([opening] + sections.map(\.markdown)).joined(separator: "\n\n") + "\n"
    }
}

struct PrintSettings: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settings",
        abstract: "Print the page about this program's environment variables: deploy/environment.md."
    )

    func run() {
        print(Settings.page, terminator: "")
    }
}
