/// The answer over the pipe: what was asked for, or why it isn't available.
package enum ReaderAnswer<Value: Codable & Sendable>: Codable, Sendable {
    case value(Value)
    case failure(DocumentError)

    package init(catching body: () throws(DocumentError) -> Value) {
        do { self = .value(try body()) } catch { self = .failure(error) }
    }

    package func get() throws(DocumentError) -> Value {
        switch self {
        case .value(let value): return value
        case .failure(let error): throw error
        }
    }
}
