import Kernel

extension OperationDescription {
    /// The failures that the operation declares and those that follow from its shape, by status.
    var failures: [String: [Failure]] {
        var all: [Failure] = [
            .validation("field", "What is wrong with it."), .unauthorized, .notFound, .internal(Unexplained()), .unavailable, .tenantBusy,
            operation.budget.overrun,
        ]
        if operation.access != .anyone { all.append(.forbidden) }
        if input.takesBody { all += [.tooLarge(1_048_576), .unsupportedMediaType("Send the body as application/json.")] }
        if endpoint.storesAnswers { all += [.keyReused, .standingChanged] }
        if endpoint.storesAnswers, operation.retry == .claimedFirst { all.append(.keyInUse) }
        if input.takesVersion { all.append(.stale) }
        if operation.limit != .unlimited { all.append(Self.limited) }
        var byCode: [String: Failure] = [:]
        for failure in all + operation.failures { byCode[failure.code] = failure }
        return Dictionary(grouping: byCode.values.sorted { $0.code < $1.code }) { String($0.status) }
    }

    func failed(_ failures: [Failure]) -> JSON {
        let examples = failures.map { failure in
            (failure.code, ["summary": .string(failure.message), "value": Example.failure(failure)] as JSON)
        }
        var members: [String: JSON] = [
            "description": .string(failures.map(\.code).joined(separator: ", ")),
            "content": [
                "application/json": [
                    "schema": ["$ref": "#/components/schemas/Failure"],
                    "examples": .object(Dictionary(examples, uniquingKeysWith: { first, _ in first })),
                ]
            ],
        ]
        if failures.contains(where: { $0.details["retryAfter"] != nil }) {
            members["headers"] = ["Retry-After": ["$ref": "#/components/headers/Retry-After"]]
        }
        return .object(members)
    }

    private static let limited = Failure(.rateLimited, "Too many requests. Try again in 30 seconds.", details: ["retryAfter": 30])
}

/// In place of the cause that a caller never sees.
private struct Unexplained: Error {}
