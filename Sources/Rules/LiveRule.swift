import Kernel

/// The live version of a rule, ready to run.
struct LiveRule: Sendable {
    let script: Identifier<Script>
    let name: String
    let version: Identifier<ScriptVersion>
    let number: Int
    let onError: RunnerLoad.OnError
    let grants: [String]?
    let program: RunnerProgram

    func may(_ operation: String) -> Bool { grants?.contains(operation) ?? true }

    /// A rule acts for the tenant, with what a company's administrator may do in every company.
    func caller(in tenant: Identifier<Tenant>, cause: Identifier<EventRecord>?, depth: Int) -> Caller {
        Caller(
            tenant: tenant,
            actor: .rule(version.uuid),
            reach: .wholeTenant(Role.companyAdmin.permissions),
            cause: cause,
            depth: depth
        )
    }
}

/// A tenant's live rules, found by what they wait for.
struct TenantRules: Sendable {
    private var byHook: [RunnerHook: [String: [LiveRule]]] = [:]

    init(_ published: [PublishedRule], tenant: Identifier<Tenant>, vocabulary: RunnerVocabulary) {
        for draft in ProgramDraft.packing(published) {
            let program = draft.program(tenant: tenant, vocabulary: vocabulary)
            for rule in draft.rules {
                let live = LiveRule(
                    script: rule.script,
                    name: rule.name,
                    version: rule.version,
                    number: rule.number,
                    onError: rule.onError,
                    grants: rule.grants,
                    program: program
                )
                for handler in Set(rule.handlers) { byHook[handler.hook, default: [:]][handler.name, default: []].append(live) }
            }
        }
        byHook = byHook.mapValues { $0.mapValues { rules in rules.sorted { $0.name < $1.name } } }
    }

    func waiting(_ hook: RunnerHook, for name: String) -> [LiveRule] { byHook[hook]?[name] ?? [] }
}

/// A live version as the database has it.
struct PublishedRule: Sendable {
    let script: Identifier<Script>
    let name: String
    let version: Identifier<ScriptVersion>
    let number: Int
    let source: String
    let grants: [String]?
    let handlers: [ScriptHandler]
    let modules: [String: String]
    let onError: RunnerLoad.OnError
}
