import Testing
import Wire

@testable import Identity

@Suite struct NewPasswordTests {
    @Test(arguments: [
        "correct horse battery", "Correct-Horse-7",
        "\u{43F}\u{430}\u{440}\u{43E}\u{43B}\u{44C}-\u{434}\u{43B}\u{44F}-\u{43C}\u{435}\u{43D}\u{44F}",
        "\u{99AC}\u{304C}\u{8D70}\u{308B}\u{68EE}\u{306E}\u{4E2D}\u{3067}", " two spaces ", "1234567890-2026",
    ])
    func `a long enough password is taken in any script`(password: String) throws {
        #expect(try NewPassword(password).value == password)
    }

    @Test(arguments: [
        "", "Short-1", "12345678", "83659274018", "password", "Password1", "PASSWORD1", "iloveyou", "qwertyuiop", "\u{FF50}assword",
        "1q2w3e4r",
        "trustno1",
    ])
    func `one that is short, a number, or known to everybody is refused`(password: String) {
        #expect(throws: FieldProblem.self) { try NewPassword(password) }
    }
}
