/// E-mail addresses, phone numbers and links, from the contact section first, or from anywhere if it has none.
struct ContactReader {
    let sections: ResumeSections
    let links: [String]

    func emails() -> [Confident<String>] {
        let particulars = sections.particulars.flatMap { Self.emails(in: $0.text) }
        let mailto = links.filter { $0.hasPrefix("mailto:") }.flatMap { Self.emails(in: String($0.dropFirst(7))) }
        let first = unique(particulars + mailto)
        if !first.isEmpty { return first.map { Confident($0, 0.98) } }
        return unique(sections.all.flatMap { Self.emails(in: $0.text) }).map { Confident($0, 0.8) }
    }

    func phones(region: String?) -> [Confident<String>] {
        let particulars = phones(in: sections.particulars, region)
        if !particulars.isEmpty { return particulars.map { Confident($0, 0.95) } }
        for country in NumberShapes.countries(of: sections.particulars.map(\.text)) {
            let guessed = phones(in: sections.particulars, country)
            if !guessed.isEmpty { return guessed.map { Confident($0, 0.7) } }
        }
        return phones(in: sections.all, region).map { Confident($0, 0.6) }
    }

    func profileLinks() -> [ProfileLink] {
        let shown = Self.joined(sections.particulars.map(\.text)).flatMap(Self.addresses).map { ($0, 0.95) }
        let hidden = links.filter { !$0.hasPrefix("mailto:") && !$0.hasPrefix("tel:") }.map { ($0, 0.9) }
        var seen: Set<String> = []
        let found = (shown + hidden).compactMap(Self.profile).filter { seen.insert(Self.bare($0.url)).inserted }
        return Array(found.prefix(ParsingLimits.links))
    }

    private func phones(in lines: [ResumeLine], _ region: String?) -> [String] {
        // Spans of years look like phone numbers in some countries.
        let lines = lines.map(\.text).filter {
            ParsingLimits.digits.contains($0.count(where: \.isNumber)) && DateRange.first(in: $0) == nil
        }
        return PhoneNumbers.find(in: lines.joined(separator: "\n"), region: region)
    }

    private func unique(_ values: [String]) -> [String] {
        var seen: Set<String> = []
        return Array(values.filter { seen.insert($0).inserted }.prefix(ParsingLimits.emails))
    }

    /// Repairs an address that a narrow column broke at a hyphen or a slash.
    private static func joined(_ lines: [String]) -> [String] {
        var joined: [String] = []
        for line in lines {
            if joined.last.map(isBroken) == true || joined.last.map({ isBrokenHost($0, before: line) }) == true {
                joined[joined.count - 1] += line
            } else {
                joined.append(line)
            }
        }
        return joined
    }

    private static func isBroken(_ line: String) -> Bool {
        guard line.utf8.count < ParsingLimits.link, line.hasSuffix("-") || line.hasSuffix("/") else { return false }
        return line.contains("/") && !line.contains(" ")
    }

    /// "... | suryanti-" before "batik.example/portfolio"
    private static func isBrokenHost(_ line: String, before next: String) -> Bool {
        guard line.utf8.count < ParsingLimits.link, line.hasSuffix("-"), let rest = next.split(separator: " ").first else { return false }
        let last = line.split(separator: " ").last ?? ""
        return last.count > 1 && last.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" } && isAddress(String(rest))
    }

    private static func words(of text: String) -> [String] {
        text.split { $0.isWhitespace || "|<>()[],;•·".contains($0) }.map { $0.trimmed(of: [".", ":", "/", "\"", "'"]) }
    }

    private static func emails(in text: String) -> [String] {
        words(of: text).compactMap { word in
            let word = word.split(separator: ":").last.map(String.init) ?? word
            let parts = word.split(separator: "@", omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty, word.utf8.count <= ParsingLimits.email, isHost(parts[1]) else { return nil }
            return word.lowercased()
        }
    }

    private static func addresses(in text: String) -> [String] {
        words(of: text).filter(isAddress)
    }

    static func isAddress(_ word: String) -> Bool {
        guard !word.contains("@") else { return false }
        if word.hasPrefix("http://") || word.hasPrefix("https://") { return true }
        let host = word.prefix { $0 != "/" }
        guard isHost(host), host.contains(where: \.isLowercase) else { return false }
        return word.hasPrefix("www.") || word.contains("/")
            || topLevels.contains(host.split(separator: ".").last.map(String.init) ?? "")
    }

    private static func profile(_ address: String, _ confidence: Double) -> ProfileLink? {
        let url = address.contains("://") ? address : "https://" + address
        let bare = bare(url)
        guard url.utf8.count < ParsingLimits.link, isHost(bare.prefix { $0 != "/" && $0 != "?" && $0 != "#" }), bare.utf8.count < 200 else {
            return nil
        }
        let kind: ProfileLink.Kind = bare.hasPrefix("linkedin.com/") ? .linkedin : bare.hasPrefix("github.com/") ? .github : .web
        return ProfileLink(kind: kind, url: url, confidence: confidence)
    }

    private static func bare(_ url: String) -> String {
        var bare = url.lowercased()[...]
        for prefix in ["https://", "http://", "www."] where bare.hasPrefix(prefix) { bare = bare.dropFirst(prefix.count) }
        return bare.trimmed(of: ["/"])
    }

    private static func isHost(_ text: some StringProtocol) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count >= 2, let last = labels.last, last.count >= 2, last.allSatisfy(\.isLetter) else { return false }
        return labels.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" } }
    }

    /// Without these a word with a dot inside, as in "Node.js" or "e.g.this", would count as an address.
    private static let topLevels: Set<String> = [
        "com", "org", "net", "io", "dev", "me", "design", "co", "app", "uk", "de", "fr", "eu", "info", "ai", "tech", "page", "site", "blog",
        "ch",
        "nl", "se", "es", "it", "pt", "pl", "us", "ca", "in", "br", "work", "studio", "art", "name", "be", "at", "dk", "no", "cz", "online",
    ]
}
