import Kernel

/// The live version of a rule, or the one in shadow, ready to run.
struct LiveRule: Sendable {
    let script: Identifier<Script>
    let name: String
    let version: Identifier<ScriptVersion>
    let number: Int
    let onError: RunnerLoad.OnError
    let grants: [String]?
    let program: RunnerProgram
    var mode = RunMode.live

    func caller(in tenant: Identifier<Tenant>, cause: Identifier<EventRecord>?, depth: Int) -> Caller {
        .rule(version, in: tenant, cause: cause, depth: depth)
    }
}

extension Caller {
    /// A rule acts for the tenant, with the permissions of a company's administrator in every company.
    static func rule(
        _ version: Identifier<ScriptVersion>,
        in tenant: Identifier<Tenant>,
        cause: Identifier<EventRecord>?,
        depth: Int
    ) -> Caller {
        Caller(
            tenant: tenant,
            actor: .rule(version.uuid),
            reach: .wholeTenant(Role.companyAdmin.permissions),
            cause: cause,
            depth: depth
        )
    }
}

extension LiveRule {
    /// A draft as if it were live; whatever fails in it affects only itself.
    init(_ draft: SourceDraft, modules: [String: String], of owner: Identifier<Tenant>, vocabulary: RunnerVocabulary) {
        self.init(
            script: Identifier(),
            name: draft.name,
            version: Identifier(),
            number: 0,
            onError: .block,
            grants: draft.grants,
            program: draft.program(modules, of: owner.description, vocabulary: vocabulary)
        )
    }
}

/// A tenant's live rules and those in shadow, by what they react to.
struct TenantRules: Sendable {
    private var live: [RunnerHook: [String: [LiveRule]]] = [:]
    private var inShadow: [RunnerHook: [String: [LiveRule]]] = [:]

    init(_ published: [PublishedRule], tenant: Identifier<Tenant>, vocabulary: RunnerVocabulary) {
        live = Self.byHook(published.filter { $0.mode == .live }, tenant, vocabulary)
        inShadow = Self.byHook(published.filter { $0.mode == .shadow }, tenant, vocabulary)
    }

    private static func byHook(
        _ published: [PublishedRule],
        _ tenant: Identifier<Tenant>,
        _ vocabulary: RunnerVocabulary
    ) -> [RunnerHook: [String: [LiveRule]]] {
        var byHook: [RunnerHook: [String: [LiveRule]]] = [:]
        for draft in ProgramDraft.packing(published) {
            let program = draft.program(tenant: tenant, vocabulary: vocabulary)
            for rule in draft.rules {
                let ready = LiveRule(rule, program)
                for handler in Set(rule.handlers) { byHook[handler.hook, default: [:]][handler.name, default: []].append(ready) }
            }
        }
        return byHook.mapValues { $0.mapValues { rules in rules.sorted { $0.name < $1.name } } }
    }

    func waiting(_ hook: RunnerHook, for name: String) -> [LiveRule] { live[hook]?[name] ?? [] }

    /// The versions in shadow that react to it.
    func shadows(_ hook: RunnerHook, for name: String) -> [LiveRule] { inShadow[hook]?[name] ?? [] }
}

extension LiveRule {
    fileprivate init(_ rule: PublishedRule, _ program: RunnerProgram) {
        self.init(
            script: rule.script,
            name: rule.name,
            version: rule.version,
            number: rule.number,
            onError: rule.onError,
            grants: rule.grants,
            program: program,
            mode: rule.mode
        )
    }
}

/// A live version, or one in shadow, as read from the database.
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
    let mode: RunMode
}
