import ArgumentParser
import Variables

extension Settings {
    /// One section for each part of the program; a setting that is read but is in none of them fails a test.
    static let sections = [
        Database.section, Files.section, Serving.section, Safety.section, Post.section, Logs.section, Team.section,
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
