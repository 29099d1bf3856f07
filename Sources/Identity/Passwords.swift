package import Kernel

/// A password being chosen, in any script: long enough, not digits alone, and none of the most common. It is taken as it is, including
/// spaces at its ends.
struct NewPassword: ParsedText {
    let value: String

    init(_ value: String) throws(FieldProblem) {
        guard (8...200).contains(value.unicodeScalars.count) else { throw FieldProblem("Must have from 8 to 200 characters.") }
        guard value.unicodeScalars.contains(where: { !("0"..."9").contains($0) }) else { throw FieldProblem("Must not be digits alone.") }
        guard !CommonPasswords.contains(value) else { throw FieldProblem("Is one of the most common passwords. Choose another.") }
        self.value = value
    }

    static let schema = Schema(
        .string,
        format: "password",
        pattern: #"^[^\x00]*[^0-9\x00][^\x00]*$"#,
        minimum: 8,
        maximum: 200,
        example: "correct horse battery"
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
