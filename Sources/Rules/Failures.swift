package import Kernel

extension Failure {
    package static let scriptNotFound = Failure(.notFound, "There is no such script.", code: "SCRIPT_NOT_FOUND")
    package static let scriptNameTaken = Failure(.conflict, "There is a script of this name.", code: "SCRIPT_NAME_TAKEN")
    package static let versionNotFound = Failure(.notFound, "The script has no such version.", code: "SCRIPT_VERSION_NOT_FOUND")
    package static let scriptNotLive = Failure(.conflict, "The script isn't live.", code: "SCRIPT_NOT_LIVE")
    package static let scriptHasErrors = Failure(.conflict, "The draft has errors and can't be published.", code: "SCRIPT_HAS_ERRORS")
    package static let eventNotFound = Failure(.notFound, "There is no such event.", code: "EVENT_NOT_FOUND")
    package static let storeKeyNotFound = Failure(.notFound, "Rules remember nothing of this name.", code: "STORE_KEY_NOT_FOUND")

    static func scriptHasErrors(_ problems: [ScriptProblem]) -> Failure {
        Failure(.conflict, scriptHasErrors.message, code: scriptHasErrors.code, details: ["problems": .array(problems.map(\.json))])
    }

    /// The piece of work was done before.
    static let alreadyRan = Failure(.conflict, "The rule ran for this already.", code: "RULE_ALREADY_RAN")
    static let storeChanged = Failure(.conflict, "Another rule changed what this one had read.", code: "RULE_STORE_CHANGED")
    static let storeFull = Failure(
        .conflict,
        "Rules may remember \(StoreQueries.mostKeys) keys.",
        code: "RULE_STORE_FULL"
    )
    static let storeValueTooLarge = Failure(.conflict, "A value that a rule remembers may have 16 kB.", code: "RULE_STORE_VALUE_TOO_LARGE")
    static let notGranted = Failure(.forbidden, "The rule has no grant for this.", code: "RULE_NOT_GRANTED")

    static func noRunner(_ error: RunnerPoolError) -> Failure {
        Failure(.unavailable, Failure.unavailable.message, details: Failure.unavailable.details, cause: error)
    }

    static func rejected(by rule: LiveRule, reason: String, code: String?) -> Failure {
        Failure(.ruleRejected, reason, code: code, details: rule.details)
    }

    static func ruleFailed(_ rule: LiveRule) -> Failure {
        Failure(
            .ruleRejected,
            "The rule \"\(rule.name)\" failed, and this can't be done without it. The tenant's administrator sees why.",
            code: "RULE_FAILED",
            details: rule.details
        )
    }
}

extension LiveRule {
    fileprivate var details: [String: JSON] { ["rule": .string(name), "version": .integer(number)] }
}
