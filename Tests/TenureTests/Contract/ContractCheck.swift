import Foundation
import Kernel
import Testing

@testable import Web

/// Checks every answer that any test gets against its operation's declarations: the schema of the data, and the documented failures.
struct ContractCheck: Sendable {
    private struct Promise: Sendable {
        let operation: APIOperation
        let schema: Schema
        let codes: [Int: Set<String>]
    }

    private let promises: [String: Promise]
    private let routes: RouteTable

    init(_ operations: [APIOperation]) {
        routes = RouteTable(operations.map(Endpoint.init))
        promises = Dictionary(
            operations.map { operation in
                let documented = OperationDescription(operation, components: SchemaComponents(glossary: Glossary())).failures
                let codes = documented.map { (Int($0) ?? 0, Set($1.map(\.code))) }
                let schema = SchemaRecorder.schema(of: operation.output)
                return (operation.name, Promise(operation: operation, schema: schema, codes: Dictionary(uniqueKeysWithValues: codes)))
            },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// What is wrong with the answer to a request; empty for a request that isn't an operation's.
    func problems(_ method: String, _ path: String, _ answer: Answer) -> [String] {
        guard case .found(let endpoint, _) = routes.match(method, path), let promise = promises[endpoint.operation.name] else { return [] }
        guard answer.status < 300 else { return refusalProblems(promise, answer) }
        guard answer.status == promise.operation.status else { return ["\(promise.operation.name) answers \(answer.status)"] }
        if promise.operation.output == NoContent.self || promise.operation.output == FileDownload.self { return [] }
        return promise.schema.problems(with: answer.data).map { "\(promise.operation.name): \($0)" }
    }

    private func refusalProblems(_ promise: Promise, _ answer: Answer) -> [String] {
        if answer.status == 304 { return [] }
        // A tenant's rule words its refusal, and may give it its own code.
        if answer.status == 422, promise.codes[422] != nil { return [] }
        guard let code = answer.code, promise.codes[answer.status]?.contains(code) ?? false else {
            return ["\(promise.operation.name) does not document \(answer.status) \(answer.code ?? "without a code")"]
        }
        return []
    }
}

extension APIOperation {
    var name: String { "\(method.rawValue) \(path)" }
}
