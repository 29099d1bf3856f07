import Kernel
import Testing

/// What somebody meant by an unknown name.
@Suite struct NearestNameTests {
    @Test(arguments: [
        ("aplication", "application"), ("applicaiton", "application"), ("Status", "status"), ("scorecard", "scorecards"),
        ("reson", "reason"),
    ])
    func `a typo is recognized`(written: String, meant: String) {
        #expect(["application", "status", "scorecards", "reason", "to"].nearest(to: written) == meant)
    }

    @Test func `names that begin alike are not taken for each other`() {
        let events = ["application.tagged", "application.noted", "application.submitted"]
        #expect(events.nearest(to: "application.sent") == nil)
        #expect(events.nearest(to: "application.submited") == "application.submitted")
    }

    @Test(arguments: ["salary", "x", "", "t", String(repeating: "a", count: 1000)])
    func `what is nowhere near is not guessed at`(written: String) {
        #expect(["application", "status", "scorecards", "reason", "id"].nearest(to: written) == nil)
    }

    private struct Move: Decodable {
        struct Place: Decodable { let stage: String? }
        let status: String
        let place: Place?
    }

    @Test func `an unknown field is refused with the one that may have been meant`() {
        let source = InputSource(body: ["statsu": "hired", "place": ["stag": "x"], "colour": "red"])
        do throws(Failure) {
            _ = try source.decode(Move.self)
            Issue.record("it was taken")
        } catch {
            #expect(error.details["statsu"]?.string == "Unknown field. Did you mean \"status\"?")
            #expect(error.details["place.stag"]?.string == "Unknown field. Did you mean \"stage\"?")
            #expect(error.details["colour"]?.string == "Unknown field.")
        }
    }
}
