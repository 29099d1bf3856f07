package import Kernel

/// A password being chosen: at least 8 characters with an upper-case letter, a lower-case one and a digit. It is taken as it is, including
/// spaces at its ends.
struct NewPassword: ParsedText {
    let value: String

    init(_ value: String) throws(FieldProblem) {
        guard (8...200).contains(value.unicodeScalars.count) else { throw FieldProblem("Must have from 8 to 200 characters.") }
        guard value.contains(where: \.isUppercase), value.contains(where: \.isLowercase), value.contains(where: \.isNumber) else {
            throw FieldProblem("Must contain an upper-case letter, a lower-case letter and a digit.")
        }
        self.value = value
    }

    // The three kinds in each order: generators of examples can't do much with look-aheads.
    private static let pattern = {
        let orders = ["A-Z a-z 0-9", "A-Z 0-9 a-z", "a-z A-Z 0-9", "a-z 0-9 A-Z", "0-9 A-Z a-z", "0-9 a-z A-Z"]
        let between = "[^\\x00]*"
        let choices = orders.map { $0.split(separator: " ").map { "[\($0)]" }.joined(separator: between) }
        return "^\(between)(\(choices.joined(separator: "|")))\(between)$"
    }()

    static let schema = Schema(
        .string,
        format: "password",
        pattern: pattern,
        minimum: 8,
        maximum: 200,
        example: "Correct-Horse-7"
    )
    static let placeholder = Self(unchecked: "")
    private init(unchecked: String) { value = unchecked }
}

/// A password being presented: it is right or wrong, whatever it is; only its length is limited.
package struct GivenPassword: ParsedText {
    package let value: String

    package init(_ value: String) throws(FieldProblem) {
        guard (1...200).contains(value.unicodeScalars.count) else { throw FieldProblem("Must have from 1 to 200 characters.") }
        self.value = value
    }

    package static let schema = Schema(.string, format: "password", minimum: 1, maximum: 200, example: "Correct-Horse-7")
    package static let placeholder = Self(unchecked: "")
    private init(unchecked: String) { value = unchecked }
}

extension Identity {
    /// The stored form of a password.
    package func hash(_ password: String) async throws(Failure) -> String {
        do { return try await hashing.hash(password) } catch { throw busy(error) }
    }

    /// Takes the same time whether or not there is something to compare with.
    func verify(_ password: GivenPassword, against hash: String?) async throws(Failure) -> Bool {
        do {
            guard let hash else { return try await hashing.verifyAgainstNobody(password.value) }
            return try await hashing.verify(password.value, against: hash)
        } catch {
            throw busy(error)
        }
    }

    private func busy(_ error: any Error) -> Failure {
        guard error is PasswordHashing.Overloaded || error is CancellationError else { return .internal(error) }
        return .unavailable
    }
}
