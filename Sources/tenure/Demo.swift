import ArgumentParser

struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Seed one believable tenant, once.")

    func run() async throws {
        let settings = try Settings()
        _ = settings
    }
}
