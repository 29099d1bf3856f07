import ArgumentParser
import Variables

extension Settings {
    /// A section for each part of the program; what is read and stands in none fails a test.
    static let sections = [
        Database.section, Files.section, Serving.section, Safety.section, Post.section, Logs.section, Team.section,
    ]

    /// `deploy/environment.md`.
    static var page: String {
        let opening = """
            # The environment

            Everything that `tenure` is told, it is told by these variables. A relative path starts at the working directory. `tenure settings` prints this page.
            """
        return ([opening] + sections.map(\.markdown)).joined(separator: "\n\n") + "\n"
    }
}

struct PrintSettings: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settings",
        abstract: "Print the page about the variables that this program reads: deploy/environment.md."
    )

    func run() {
        print(Settings.page, terminator: "")
    }
}
