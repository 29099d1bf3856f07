import Foundation
import Testing

@testable import ResumeParsing

@Suite struct DateRangeTests {
    @Test(
        arguments: [
            ("Jan 2019 – Present", "2019-01", nil), ("03/2018 - 07/2020", "2018-03", "2020-07"), ("2016–2018", "2016", "2018"),
            ("Since 2020", "2020", nil), ("since March 2020", "2020-03", nil), ("Sept. 2012 to August 2017", "2012-09", "2017-08"),
            ("01.02.2015 - 31.12.2016", "2015-02", "2016-12"), ("2016-04 – 2018-11", "2016-04", "2018-11"), ("2016–18", "2016", "2018"),
            ("Jan '19 - Mar '21", "2019-01", "2021-03"), ("März 2018 – heute", "2018-03", nil),
            ("Engineer (May 2014 to date)", "2014-05", nil),
            ("enero de 2015 a junio de 2017", "2015-01", "2017-06"), ("Summer 2013 - Fall 2014", "2013-06", "2014-09"),
            ("Jan – Mar 2019", "2019-01", "2019-03"), ("2021 –", "2021", nil), ("03/18 – 07/20", "2018-03", "2020-07"),
            ("12 March 2018 until 1 April 2019", "2018-03", "2019-04"), ("depuis janvier 2021", "2021-01", nil),
        ] as [(String, String, String?)]
    )
    func `spans are read in the ways that people write them`(text: String, start: String, end: String?) throws {
        let range = try #require(DateRange.first(in: text))
        #expect(range.start?.description == start)
        #expect(range.end?.description == end)
        #expect(range.isCurrent == (end == nil))
    }

    @Test(arguments: [
        "Increased revenue by 2000 - 3000 units", "Marketing to 2 markets", "+49 30 901820", "May the best win", "1998",
        "ISO 9001-2015 audits",
        "Room 1204 – 1300",
    ])
    func `numbers that are not dates are left alone`(text: String) {
        #expect(DateRange.first(in: text) == nil)
    }

    @Test func `the line is left without the span and its brackets`() throws {
        let text = "Senior Engineer (Jan 2019 – Present) | Acme"
        let range = try #require(DateRange.first(in: text))
        #expect(range.removed(from: text) == "Senior Engineer\tAcme")
    }

    @Test func `a date is written as it is read`() throws {
        for text in ["2019", "2019-03"] {
            let date = try #require(PartialDate(text))
            #expect(String(decoding: try JSONEncoder().encode([date]), as: UTF8.self) == "[\"\(text)\"]")
        }
        for text in ["", "19", "2019-13", "2019-3", "2019-03-01", "abcd"] { #expect(PartialDate(text) == nil) }
    }
}
