import Kernel

/// What a console script can read and do. It waits for nothing: it runs once, from top to bottom.
package struct ConsoleCatalogue: Codable, Sendable {
    package let events: [HookPoint]
    package let proposals: [HookPoint]
    package let operations: [ScriptOperation]
    package let functions: [ConsoleFunction]

    static let functions = [
        ConsoleFunction(
            name: "tenants.each",
            summary: "Calls a function once for each chosen tenant; it reads and changes that tenant's data",
            sample: "tenants.each(function(tenant)\n  print(tenant.code, tenant.name)\nend)"
        ),
        ConsoleFunction(
            name: "report",
            summary: "Shows a table next to the output: a title, the column names, and rows with as many values",
            sample: #"report("Stages", { "stage", "applications" }, { { "new", 12 }, { "interview", 3 } })"#
        ),
        ConsoleFunction(name: "print", summary: "Writes a line to the output", sample: #"print("Found:", count)"#),
    ]
}

/// A function that only the console has.
package struct ConsoleFunction: Codable, Sendable {
    package let name: String
    package let summary: String
    package let sample: String
}

extension Rules {
    func consoleCatalogue(_ input: NoInput, by admin: SystemAdmin) async throws(Failure) -> ConsoleCatalogue {
        ConsoleCatalogue(
            events: hooks.events.values.sorted { $0.name < $1.name },
            proposals: hooks.proposals.values.sorted { $0.name < $1.name },
            operations: try luaOperations(for: .console).all.compactMap { ScriptOperation($0.operation) },
            functions: ConsoleCatalogue.functions
        )
    }
}
