import Kernel

/// Answers a console script's questions: in each tenant with its administrator's standing, after recording the access through
/// `OperatorDoor`.
struct ConsoleHost: Sendable {
    let tenants: [ConsoleTenant]
    let admin: ConsoleAdmin
    let learned: RuleGate.Learned
    let plan = ConsolePlan()
    /// Records that a tenant is entered.
    let enter: @Sendable (Identifier<Tenant>) async throws(Failure) -> Void

    func answer(_ read: RunnerRead, in tenant: Identifier<Tenant>?) async -> ConsoleAnswer {
        if read.name == "tenants.next" { return await next(read.arguments["position"]) }
        // The runner runs a person's code, so don't rely on it.
        guard let tenant, plan.state.entered.contains(tenant) else { return ConsoleAnswer(answer: .failure("there is no tenant here")) }
        let host = RuleHost(learned, caller: admin.caller(in: tenant), operations: learned.consoleOperations)
        let (answer, more) = await host.reading(read)
        if let trouble = host.trouble { plan.note(trouble) }
        if case .value(let things, .some) = answer { plan.name(things) }
        return ConsoleAnswer(answer: answer, more: more)
    }

    private func next(_ position: JSON?) async -> ConsoleAnswer {
        guard case .integer(let number)? = position, tenants.indices.contains(number - 1) else {
            return ConsoleAnswer(answer: .value(.null))
        }
        let tenant = tenants[number - 1]
        do throws(Failure) {
            try await begin(tenant)
            return ConsoleAnswer(answer: .value(tenant.json))
        } catch {
            plan.note(error)
            return ConsoleAnswer(answer: .failure(error.message))
        }
    }

    func begin(_ tenant: ConsoleTenant) async throws(Failure) {
        guard !plan.state.entered.contains(tenant.id) else { return }
        try await enter(tenant.id)
        plan.enter(tenant.id)
    }
}
