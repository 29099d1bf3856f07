import Foundation
import Kernel
import Testing

@testable import Web

extension Person {
    /// Calls an operation with the smallest body that its schema accepts. `ids` are by the name of the path's parameter.
    func call(_ operation: APIOperation, ids: [String: String]) async throws -> Answer {
        let input = OperationInput(operation)
        var path = Endpoint.prefix + operation.path
        for name in input.pathParameters {
            path = path.replacing("{\(name)}", with: ids[name] ?? Identifier<User>().description)
        }
        let query = input.query.filter(\.isRequired).map { "\($0.name)=\($0.schema.smallestText)" }
        if !query.isEmpty { path += "?" + query.joined(separator: "&") }
        if operation.takesFile { return try await upload(path, file: Data("%PDF-1.4".utf8), name: "a.pdf") }
        guard input.takesBody else { return try await send(operation.method.rawValue, path, raw: nil, type: "") }
        let members = input.body.filter(\.isRequired).map { ($0.name, $0.schema.smallest) }
        let body = JSON.object(Dictionary(uniqueKeysWithValues: members))
        return try await send(operation.method.rawValue, path, raw: Data(body.canonicalBytes), type: "application/json")
    }
}

extension Schema {
    /// A value that the schema accepts, without anything optional.
    var smallest: JSON {
        if let example { return example }
        if let first = allowed.first { return .string(first) }
        switch kind {
        case .string: return format == nil ? .string(String(repeating: "x", count: max(1, minimum ?? 1))) : Example.of(self)
        case .integer, .number: return .integer(minimum ?? 1)
        case .boolean: return true
        case .array: return .array(element.map(\.smallest))
        case .object:
            let members = properties.filter(\.isRequired).map { ($0.name, $0.schema.smallest) }
            return .object(Dictionary(uniqueKeysWithValues: members))
        case .any: return [:]
        }
    }

    /// The same in a query.
    var smallestText: String {
        switch smallest {
        case .string(let text): text
        case .array(let elements): elements.compactMap(\.string).joined(separator: ",")
        case let other: other.text
        }
    }
}
