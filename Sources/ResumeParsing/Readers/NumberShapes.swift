/// Countries in which telephone numbers are written like that: for numbers without a country code in a resume that names no country.
enum NumberShapes {
    /// ISO 3166-1, the likeliest first.
    static func countries(of lines: [String]) -> [String] {
        var countries: [String] = []
        let isCyrillic = lines.contains { $0.unicodeScalars.contains { (0x400...0x4FF).contains($0.value) } }
        for line in lines.prefix(longestHead) where line.utf8.count <= ParsingLimits.field && line.count(where: \.isNumber) >= 7 {
            let shape = String(line.map { $0.isASCII && $0.isNumber ? "d" : $0 == "\u{A0}" ? " " : $0 })
            for (known, country) in shapes where shape.contains(known) && !countries.contains(country) { countries.append(country) }
            if shape.contains("ddd ddd dd dd"), !countries.contains("CH") { countries.append(isCyrillic ? "UA" : "CH") }
        }
        return countries
    }

    private static let longestHead = 30

    private static let shapes: [(String, String)] = [
        ("(ddd) ddd-dddd", "US"), ("ddd-ddd-dddd", "US"), ("ddd.ddd.dddd", "US"), ("(ddd)ddd-dddd", "US"), ("dd dd dd dd dd", "FR"),
        ("dd.dd.dd.dd.dd", "FR"), ("(dd) ddddd-dddd", "BR"), ("(dd) dddd-dddd", "BR"), ("dd-dddddddd", "NL"), ("dd dddddddd", "NL"),
        ("ddddd dddddd", "GB"), ("ddddd ddd ddd", "GB"), ("dddd ddddddd", "DE"), ("dddd/ddddddd", "DE"), ("dddd ddd ddd", "AU"),
    ]
}
