/// One certificate per line, without the year it was earned in.
struct CertificationsReader {
    let lines: [ResumeLine]

    func certifications() -> [Confident<String>] {
        let names = lines.flatMap { line in
            // If there is only one line, it is a list.
            lines.count == 1 && line.text.count { $0 == ";" || $0 == "|" } > 0
                ? line.text.split { $0 == ";" || $0 == "|" }.map(String.init) : [line.text]
        }
        return names.prefix(ParsingLimits.certifications).compactMap { text in
            let name = DateRange.date(in: text).map { $0.removed(from: text) } ?? text
            let clean = name.trimmed(of: [",", ";", "-", "–", "(", "."]).split(separator: "\t").joined(separator: ", ")
            return clean.count > 1 && clean.count < 160 && clean.utf8.count < 2 * ParsingLimits.field ? Confident(clean, 0.85) : nil
        }
    }
}
