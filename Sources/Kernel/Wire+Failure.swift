// Every capability's inputs, outputs and events use Wire, so importing Kernel imports it too.
@_exported public import Wire

extension InputSource {
    /// Decodes the input, or fails with every bad, missing and unknown field at once.
    package func decode<Input: Decodable>(_ type: Input.Type = Input.self) throws(Failure) -> Input {
        do { return try read(type) } catch { throw .validation(error) }
    }
}

extension Wire {
    /// For a jsonb column.
    package static func text(_ value: some Encodable) throws(Failure) -> String {
        do { return String(decoding: try encode(value), as: UTF8.self) } catch { throw .internal(error) }
    }
}

extension ExpectedVersion {
    package func check(_ current: Int) throws(Failure) {
        guard value == current else { throw .stale }
    }
}

extension Failure {
    package static func validation(_ problems: FieldProblems) -> Failure {
        let rest = problems.isCut ? "There are more than these." : "There are \(problems.more) more."
        let message = problems.more > 0 || problems.isCut ? "Some fields are not valid. \(rest)" : "Some fields are not valid."
        return Failure(.validation, message, details: problems.fields.mapValues { .string($0) })
    }
}
