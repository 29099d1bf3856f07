package import Kernel

extension Failure {
    package static let scriptNotFound = Failure(.notFound, "Script not found.", code: "SCRIPT_NOT_FOUND")
    package static let scriptNameTaken = Failure(.conflict, "A script with this name already exists.", code: "SCRIPT_NAME_TAKEN")
    package static let scriptDeleted = Failure(.conflict, "The script was deleted.", code: "SCRIPT_DELETED")
    package static let libraryRequired = Failure(
        .conflict,
        "Other scripts require the library by its name: change them first.",
        code: "LIBRARY_REQUIRED"
    )
    package static let versionNotFound = Failure(.notFound, "The script has no such version.", code: "SCRIPT_VERSION_NOT_FOUND")
    package static let scriptNotLive = Failure(.conflict, "The script isn't live.", code: "SCRIPT_NOT_LIVE")
    package static let scriptHasErrors = Failure(.conflict, "The draft has errors and can't be published.", code: "SCRIPT_HAS_ERRORS")
    package static let scriptUntried = Failure(
        .conflict,
        "Try the draft first: dry-run it on an event, or replay it over past ones. Any change to it needs another trial.",
        code: "SCRIPT_UNTRIED"
    )
    package static let replayNotFound = Failure(.notFound, "Replay not found.", code: "REPLAY_NOT_FOUND")
    package static let replayRunning = Failure(
        .conflict,
        "A replay of this script is running: wait for it, or cancel it.",
        code: "REPLAY_RUNNING"
    )
    package static let replayOver = Failure(.conflict, "The replay has already ended.", code: "REPLAY_OVER")
    package static let nothingToReplay = Failure(
        .conflict,
        "There is nothing to replay: only handlers of events, and of proposals that an event tells of, can be replayed.",
        code: "NOTHING_TO_REPLAY"
    )
    package static let eventNotFound = Failure(.notFound, "Event not found.", code: "EVENT_NOT_FOUND")
    package static let storeKeyNotFound = Failure(.notFound, "Rules have stored nothing under this name.", code: "STORE_KEY_NOT_FOUND")
    package static let scriptIsLibrary = Failure(.conflict, "A library doesn't run by itself.", code: "SCRIPT_IS_LIBRARY")
    package static let scriptNotPaused = Failure(.conflict, "The rule isn't paused.", code: "SCRIPT_NOT_PAUSED")
    package static let scriptNotInShadow = Failure(.conflict, "No version is running in shadow.", code: "SCRIPT_NOT_IN_SHADOW")
    package static let runNotFound = Failure(.notFound, "Run not found.", code: "SCRIPT_RUN_NOT_FOUND")
    package static let runNotRepeatable = Failure(.conflict, "The run can't be executed again.", code: "SCRIPT_RUN_NOT_REPEATABLE")

    static let consoleTenantSuspended = Failure(.conflict, "The tenant is suspended.", code: "CONSOLE_TENANT_SUSPENDED")
    package static let consoleRunNotFound = Failure(.notFound, "Console run not found.", code: "CONSOLE_RUN_NOT_FOUND")
    package static let consoleRunNotPlanned = Failure(.conflict, "The run has no plan to apply.", code: "CONSOLE_RUN_NOT_PLANNED")
    package static let consoleRunApplied = Failure(.conflict, "The plan has already been applied.", code: "CONSOLE_RUN_APPLIED")
    package static let consoleRunOver = Failure(.conflict, "The run has ended or is being applied.", code: "CONSOLE_RUN_OVER")
    package static let consolePlanTooOld = Failure(
        .conflict,
        "The plan is more than an hour old: things may have changed. Run the script again.",
        code: "CONSOLE_PLAN_TOO_OLD"
    )

    static func scriptHasErrors(_ problems: [ScriptProblem]) -> Failure {
        Failure(.conflict, scriptHasErrors.message, code: scriptHasErrors.code, details: ["problems": .array(problems.map(\.json))])
    }

    static func libraryRequired(by scripts: [String]) -> Failure {
        Failure(.conflict, libraryRequired.message, code: libraryRequired.code, details: ["scripts": .array(scripts.map(JSON.string))])
    }

    static func runNotRepeatable(_ obstacle: String) -> Failure {
        Failure(.conflict, obstacle, code: runNotRepeatable.code)
    }

    /// This work was done before.
    static let alreadyRan = Failure(.conflict, "The rule has already run for this.", code: "RULE_ALREADY_RAN")
    /// Concurrent runs have had so many effects that this one's have to wait.
    static let radiusPassed = Failure(.conflict, "The rule has had too many effects.", code: "RULE_RADIUS_PASSED")
    static let storeChanged = Failure(.conflict, "Another rule changed what this one read.", code: "RULE_STORE_CHANGED")
    static let storeFull = Failure(
        .conflict,
        "Rules may remember \(StoreQueries.mostKeys) keys.",
        code: "RULE_STORE_FULL"
    )
    static let storeValueTooLarge = Failure(.conflict, "A stored value can be at most 16 kB.", code: "RULE_STORE_VALUE_TOO_LARGE")
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
