import Kernel

/// What a script of the console can read and do. It waits for nothing: it runs once, from top to bottom.
package struct ConsoleCatalogue: Codable, Sendable {
    package let events: [HookPoint]
    package let proposals: [HookPoint]
    package let operations: [ScriptOperation]
    package let functions: [ConsoleFunction]

    static let functions = [
        ConsoleFunction(
            name: "tenants.each",
            summary: "Calls a function once for each chosen tenant; what it reads and asks for is that tenant's",
            sample: "tenants.each(function(tenant)\n  print(tenant.code, tenant.name)\nend)"
        ),
        ConsoleFunction(
            name: "report",
            summary: "Shows a table beside the output: a title, the columns' names, and rows of as many values",
            sample: #"report("Stages", { "stage", "applications" }, { { "new", 12 }, { "interview", 3 } })"#
        ),
        ConsoleFunction(name: "print", summary: "Writes a line to the output", sample: #"print("So many:", count)"#),
    ]
}

/// A function that the console has, and rules don't.
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
