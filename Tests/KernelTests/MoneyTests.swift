import Foundation
import Kernel
import Testing

@Suite struct MoneyTests {
    @Test(arguments: [(2_500_000_000, "HUF"), (60_000_000_000, "IDR"), (MinorUnits.most, "COP"), (0, "EUR")])
    func `an amount is taken up to the largest whole number of JSON`(amount: Int, currency: String) throws {
        let body: JSON = ["amount": .integer(amount), "currency": .string(currency)]
        let money: Money = try InputSource(body: body).decode()
        #expect(money.amount.value == amount)
        #expect(try JSON(encoding: money) == body)
    }

    @Test(arguments: [-1, MinorUnits.most + 1, Int.max])
    func `beyond that it is refused`(amount: Int) {
        #expect(throws: FieldProblem.self) { try MinorUnits(amount) }
    }
}
