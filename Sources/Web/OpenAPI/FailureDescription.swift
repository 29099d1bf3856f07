import Kernel

extension OperationDescription {
    /// The failures that the operation declares and those that follow from its shape, by status.
    var failures: [String: [Failure]] {
        var all: [Failure] = [
            invalid, .unauthorized, .notFound, .internal(Unexplained()), .unavailable, .tenantBusy,
            operation.budget.overrun,
        ]
        if operation.access != .anyone { all.append(.forbidden) }
        if input.takesBody { all += [.tooLarge(1_048_576), .unsupportedMediaType("Send the body as \(mediaType).")] }
        if endpoint.storesAnswers { all += [.keyReused, .standingChanged] }
        if endpoint.storesAnswers, operation.retry == .claimedFirst { all.append(.keyInUse) }
        if input.takesVersion { all.append(.stale) }
        if operation.limit != .unlimited { all.append(Self.limited) }
        var byCode: [String: Failure] = [:]
        for failure in all + operation.failures { byCode[failure.code] = failure }
        return Dictionary(grouping: byCode.values.sorted { $0.code < $1.code }) { String($0.status) }
    }

    /// What the operation says of a field of its own that is left out or wrong.
    private var invalid: Failure {
        let fields = (input.body + input.query).filter { !$0.isVersion }
        if let field = fields.first(where: \.isRequired) { return .validation(field.name, "Is required.") }
        return fields.first.map { .validation($0.name, $0.schema.complaint) } ?? .validation("unknown", "Unknown field.")
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

extension Schema {
    /// What the server says of a value that is none of these.
    fileprivate var complaint: String {
        if !allowed.isEmpty, allowed.count <= 20 { return "Must be one of \(allowed.joined(separator: ", "))." }
        switch (kind, minimum, maximum) {
        case (.integer, let least?, let most?): return "Must be from \(least) to \(most)."
        case (.string, _, let most?): return "Must have at most \(most) characters."
        case (.array, _, let most?): return "Must have at most \(most) entries."
        default: break
        }
        switch kind {
        case .string where format == "date-time": return "Must be an RFC 3339 time."
        case .string: return "Must be a text."
        case .integer: return "Must be a whole number."
        case .number: return "Must be a number."
        case .boolean: return "Must be true or false."
        case .array: return "Must be a list."
        case .object, .any: return "Must be an object."
        }
    }
}
