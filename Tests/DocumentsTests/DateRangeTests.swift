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
        try expectSpan(text, start, end)
    }

    @Test(
        arguments: [
            ("Sep. 2023 Mar. 2024", "2023-09", "2024-03"), ("Jan. 2020 Aug. 2023", "2020-01", "2023-08"),
            ("Sep. 2023\tMar. 2024", "2023-09", "2024-03"), ("09/2023 03/2024", "2023-09", "2024-03"),
            ("09.2023 03.2024", "2023-09", "2024-03"), ("2023-09 2024-03", "2023-09", "2024-03"), ("2019 2023", "2019", "2023"),
            ("2019\t2023", "2019", "2023"), ("September 2023 March 2024", "2023-09", "2024-03"),
            ("sept. 2013 mayo 2017", "2013-09", "2017-05"), ("01.09.2023 31.03.2024", "2023-09", "2024-03"),
            ("1 September 2023 31 March 2024", "2023-09", "2024-03"), ("März 2018 Juli 2020", "2018-03", "2020-07"),
            ("janv. 2018 févr. 2020", "2018-01", "2020-02"), ("gennaio 2018 febbraio 2020", "2018-01", "2020-02"),
            ("mrt. 2018 okt. 2020", "2018-03", "2020-10"), ("stycznia 2018 lutego 2020", "2018-01", "2020-02"),
            ("jan. 2018 dez. 2020", "2018-01", "2020-12"), ("Sep. 2023 Present", "2023-09", nil),
            ("09/2023 heute", "2023-09", nil), ("2019 presente", "2019", nil), ("Sep 2023\tactualidad", "2023-09", nil),
            ("2021 aujourd'hui", "2021", nil), ("2020 oggi", "2020", nil),
        ] as [(String, String, String?)]
    )
    func `two dates side by side are a span, in every spelling and in columns`(text: String, start: String, end: String?) throws {
        try expectSpan(text, start, end)
    }

    @Test(
        arguments: [
            ("2020 heden", "2020", nil), ("03.2020 obecnie", "2020-03", nil), ("abril 2019 - hasta la fecha", "2019-04", nil),
            ("abril 2019 hasta la fecha", "2019-04", nil), ("marzo 2020 - a la fecha", "2020-03", nil),
            ("Mars 2020 – à ce jour", "2020-03", nil), ("2019 à aujourd'hui", "2019", nil),
            ("2019 - jusqu'à présent", "2019", nil), ("depuis mars 2020 jusqu’à aujourd’hui", "2020-03", nil),
            ("da marzo 2020 ad oggi", "2020-03", nil), ("marzo 2020 – in corso", "2020-03", nil),
            ("mars 2020 - en cours", "2020-03", nil), ("marzo de 2020 - en curso", "2020-03", nil),
            ("2018 - hasta la actualidad", "2018", nil), ("2018 a la actualidad", "2018", nil), ("2018 – hoy", "2018", nil),
            ("2018 hasta hoy", "2018", nil), ("2018 até o momento", "2018", nil), ("03/2018 até hoje", "2018-03", nil),
            ("2018 - até a presente data", "2018", nil), ("03.2020 - do teraz", "2020-03", nil),
            ("03.2020 do chwili obecnej", "2020-03", nil), ("od 03.2020 do dziś", "2020-03", nil),
            ("od marca 2020", "2020-03", nil), ("ab 03/2020", "2020-03", nil), ("03/2020 bis dato", "2020-03", nil),
            ("03/2020 – laufend", "2020-03", nil), ("seit dem 01.03.2020", "2020-03", nil),
            ("03/2020 bis jetzt", "2020-03", nil), ("März 2020 – bis heute", "2020-03", nil), ("2020 - derzeit", "2020", nil),
            ("sinds augustus 2018", "2018-08", nil), ("aug. 2018 t/m heden", "2018-08", nil), ("2018 - tot nu", "2018", nil),
            ("2018 tot op heden", "2018", nil), ("Mart 2020 – Halen", "2020-03", nil), ("मार्च 2020 – वर्तमान", "2020-03", nil),
            ("Mar 2020 – to date", "2020-03", nil), ("March 2020 to the present", "2020-03", nil),
            ("Mar 2020 – till date", "2020-03", nil), ("2019 up to now", "2019", nil), ("2020-03-01 — Present", "2020-03", nil),
            ("Mar 2020 / Present", "2020-03", nil), ("2020/3 – present", "2020-03", nil),
            ("March 2020 – present day", "2020-03", nil), ("March 2020 onwards", "2020-03", nil),
            ("à partir de mars 2020", "2020-03", nil), ("Present – March 2020", "2020-03", nil),
            ("since the 1st March 2020", "2020-03", nil), ("vanaf maart 2020", "2020-03", nil),
            ("Mar 2020 - Current", "2020-03", nil), ("03/2020 – Presente", "2020-03", nil), ("2020 - PRESENT", "2020", nil),
            ("2020–aujourd’hui", "2020", nil), ("desde marzo de 2021", "2021-03", nil),
        ] as [(String, String, String?)]
    )
    func `what goes on is read in the words of every language`(text: String, start: String, end: String?) throws {
        try expectSpan(text, start, end)
    }

    @Test(
        arguments: [
            ("junio 2016 al febrero 2020", "2016-06", "2020-02"), ("da giugno 2016 a febbraio 2020", "2016-06", "2020-02"),
            ("czerwca 2016 - lutego 2020", "2016-06", "2020-02"), ("Haziran 2016 – Şubat 2020", "2016-06", "2020-02"),
            ("जून 2016 – फरवरी 2020", "2016-06", "2020-02"), ("2016-06-01 — 2020-02-28", "2016-06", "2020-02"),
            ("Jun 2016 / Feb 2020", "2016-06", "2020-02"), ("2016/6 – 2020/2", "2016-06", "2020-02"),
            ("Mar 2020 – Expected Dec 2027", "2020-03", "2027-12"), ("aug. 2013 t/m juli 2018", "2013-08", "2018-07"),
            ("aug 2013 tot en met juli 2018", "2013-08", "2018-07"),
            ("1. September 2019 bis 31. März 2020", "2019-09", "2020-03"),
            ("1er septembre 2019 au 31 mars 2020", "2019-09", "2020-03"),
            ("1 de septiembre de 2019 a 3 de marzo de 2020", "2019-09", "2020-03"),
            ("between March 2018 and May 2020", "2018-03", "2020-05"), ("zwischen 2018 und 2020", "2018", "2020"),
            ("entre mars 2018 et mai 2020", "2018-03", "2020-05"), ("Sep.–Dez. 2019", "2019-09", "2019-12"),
            ("Januar bis März 2019", "2019-01", "2019-03"), ("03–07/2019", "2019-03", "2019-07"),
            ("Sep 23 – Mar 24", "2023-09", "2024-03"), ("03.18 – 07.20", "2018-03", "2020-07"),
            ("03 2018 – 07 2020", "2018-03", "2020-07"), ("III 2018 – VII 2020", "2018-03", "2020-07"),
            ("03.2018 r. – 07.2020 r.", "2018-03", "2020-07"), ("od 2018 r. do 2020 r.", "2018", "2020"),
            ("2019 March – 2020 January", "2019-03", "2020-01"), ("Jan-2019 – Mar-2020", "2019-01", "2020-03"),
            ("Jan-19 – Mar-20", "2019-01", "2020-03"), ("March 1st, 2019 – April 2nd, 2020", "2019-03", "2020-04"),
            ("Q1 2019 – Q3 2020", "2019-01", "2020-07"), ("10/2016-02/2020", "2016-10", "2020-02"),
            ("2016.04 – 2018.11", "2016-04", "2018-11"), ("2018/2019", "2018", "2019"),
            ("03/2018 bis 07/2020", "2018-03", "2020-07"), ("Mär. 2018 – Okt. 2020", "2018-03", "2020-10"),
            ("déc. 2018 – août 2020", "2018-12", "2020-08"), ("Jänner 2017 – Feber 2018", "2017-01", "2018-02"),
            ("2016 -- 2020", "2016", "2020"), ("2016 ~ 2020", "2016", "2020"), ("Jun 2016 -> Feb 2020", "2016-06", "2020-02"),
            ("Summer 2015 - Fall 2016", "2015-06", "2016-09"), ("Sommer 2015 – Herbst 2016", "2015-06", "2016-09"),
            ("06/2016\t02/2020", "2016-06", "2020-02"), ("Mar 2024 – Sep 2023", "2023-09", "2024-03"),
        ] as [(String, String, String?)]
    )
    func `spans are read with the months and the words of every language`(text: String, start: String, end: String?) throws {
        try expectSpan(text, start, end)
    }

    private func expectSpan(_ text: String, _ start: String, _ end: String?) throws {
        for text in [text, "Contoso GmbH\t" + text, text + "\tContoso GmbH"] {
            let range = try #require(DateRange.first(in: text), "\(text)")
            #expect(range.start?.description == start, "\(text)")
            #expect(range.end?.description == end, "\(text)")
            #expect(range.isCurrent == (end == nil), "\(text)")
            if text.contains("Contoso"), !text.contains("Engineer") { #expect(range.removed(from: text) == "Contoso GmbH") }
        }
    }

    @Test(arguments: [
        "Increased revenue by 2000 - 3000 units", "Marketing to 2 markets", "+49 30 901820", "May the best win", "1998",
        "ISO 9001-2015 audits",
        "Room 1204 – 1300", "+49 1999 2000", "0711 2012 2019", "Windows Server 2008 2012 2016", "Mar 2020", "iOS 10.2 and 11.3",
        "version 2.10 to 3.12", "Grew by 10 to 12 percent", "12 - 14 people", "2019 current clients",
    ])
    func `numbers that are not dates are left alone`(text: String) {
        #expect(DateRange.first(in: text) == nil)
    }

    @Test func `a line of dates without end is read in linear time`() {
        for part in ["2010-12-", "Jan 2019 ", "since ", "to the ", "2019/", "Sep 23 – ", "bis zum "] {
            _ = DateRange.first(in: String(repeating: part, count: 1_000))
        }
    }

    @Test(arguments: [("Seasonal Warden\tSummer 2018", "2018-06"), ("Clerk (May 2016)", "2016-05"), ("03/2018", "2018-03")])
    func `a single date dates an employment where it stands by itself`(text: String, date: String) {
        #expect(DateRange.employment(in: text)?.start?.description == date)
        #expect(DateRange.employment(in: "Launched the product of 2018 in May 2016 already") == nil)
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
