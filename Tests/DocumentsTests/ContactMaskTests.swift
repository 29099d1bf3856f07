import ResumeParsing
import Testing

struct ContactMaskTests {
    @Test(
        arguments: [
            ("Write to ada@example.com, please.", "Write to ••• please."),
            ("Call +49 176 12345678 at noon", "Call ••• at noon"),
            ("(415) 555-0132", "•••"),
            ("0176/1234567", "•••"),
            ("ada (at) example.com", "•••"),
            ("ada[at]example.com", "•••"),
            ("ada at example dot com is mine", "••• ••• ••• ••• ••• is mine"),
            ("https://ada.example/cv and www.ada.example", "••• and •••"),
            ("linkedin.com/in/ada", "•••"),
            ("@adalovelace", "•••"),
        ]
    )
    func `contact data is masked`(text: String, masked: String) {
        let result = ContactMask.masked(text)
        // Adjacent marks say no more than one.
        func folded(_ text: String) -> String {
            text.split(separator: " ").reduce(into: [Substring]()) { if $0.last != "•••" || $1 != "•••" { $0.append($1) } }.joined(
                separator: " "
            )
        }
        #expect(folded(result) == folded(masked))
    }

    @Test(
        arguments: [
            "Node.js, ASP.NET and CI/CD since 2015 - 2019", "01/2015-03/2019", "2015-2019 2020-2024", "Engineer at Booking.com",
            "5 years @ 100 %", "C++/C#, TCP/IP", "Grew sales by 1,200,000 EUR", "Fifteen years.", "ISO 9001", "",
        ]
    )
    func `what is not contact data stays as it is`(text: String) {
        #expect(ContactMask.masked(text) == text)
    }

    @Test func `masking is linear in the text`() {
        let clock = ContinuousClock()
        for piece in ["1 ", "(at) ", "a@", "at ", "+1(", "://", "a.b/"] {
            let time = clock.measure { _ = ContactMask.masked(String(repeating: piece, count: 20_000)) }
            #expect(time < .seconds(5), "\(piece)")
        }
    }
}
