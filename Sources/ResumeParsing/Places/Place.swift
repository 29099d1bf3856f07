/// A place of work or residence as written, with its country if that is certain.
package struct Place: Hashable, Sendable {
    package let text: String
    /// ISO 3166-1, two letters.
    package let country: String?
    /// Whether a state or a country is named, not only a city.
    package let isQualified: Bool

    /// The city, folded and without a postal code; nil if only a state or a country is named.
    package var city: String? {
        let parts = text.split(separator: ",")
        guard parts.count > 1 || PlaceNames.cities[text.folded] != nil else { return nil }
        return parts[0].foldedWords.filter { !$0.contains(where: \.isNumber) }.joined(separator: " ")
    }

    /// The place, if the whole text is one: "Austin, TX", "Lisbon, Portugal", "Leeds", "Remote".
    package static func whole(_ text: String) -> Place? {
        let text = text.trimmed(of: [",", ";", ".", "(", ")"])
        guard !text.isEmpty, text.count <= 60, !text.contains("@") else { return nil }
        let parts = text.split(separator: ",").map(\.trimmed)
        guard (1...4).contains(parts.count), parts.allSatisfy({ $0.split(separator: " ").count <= 5 }) else { return nil }
        if parts.count == 1 { return single(text) }
        guard let country = region(parts[parts.count - 1]) else { return nil }
        // Of three parts the first is a street, or the last two are state and country; otherwise it isn't part of the place.
        let hasState = parts.count > 2 && region(parts[parts.count - 2]) != nil
        guard parts.count == 2 || hasState || parts[0].contains(where: \.isNumber) else { return nil }
        // What comes before a state or a country is a city if it could be a name at all.
        guard parts.dropLast().allSatisfy({ $0.first?.isUppercase == true || $0.first?.isNumber == true }) else { return nil }
        return Place(text: withoutStreet(parts, hasState), country: country, isQualified: true)
    }

    /// The place at the end of a text, and what comes before it: "Acme, Inc., Oakland, CA".
    static func trailing(_ text: String) -> (rest: String, place: Place)? {
        let parts = text.split(separator: ",").map(\.trimmed)
        for count in [3, 2, 1] where parts.count > count {
            let tail = parts.suffix(count)
            guard let first = tail.first, count == 1 || !JobWords.isLikelyTitle(first), !JobWords.isLikelyEmployer(first) else { continue }
            if count == 3, single(first) == nil { continue }
            if let place = whole(tail.joined(separator: ", ")) { return (parts.dropLast(count).joined(separator: ", "), place) }
        }
        return nil
    }

    /// City and state or country, without the street before them and the postal code.
    private static func withoutStreet(_ parts: [String], _ hasState: Bool) -> String {
        let kept = parts.suffix(hasState ? 3 : 2).map { part in
            part.split(separator: " ").filter { !$0.contains(where: \.isNumber) }.joined(separator: " ")
        }
        return kept.filter { !$0.isEmpty }.joined(separator: ", ")
    }

    private static func single(_ text: String) -> Place? {
        let folded = text.folded
        if PlaceNames.anywhere.contains(folded) { return Place(text: text, country: nil, isQualified: false) }
        if let country = PlaceNames.countries[folded] { return Place(text: text, country: country, isQualified: true) }
        if let country = PlaceNames.cities[folded] { return Place(text: text, country: country, isQualified: false) }
        if PlaceNames.stateNames.contains(folded) { return Place(text: text, country: "US", isQualified: true) }
        // "70173 Stuttgart", "Bristol BS8 1AF", "Austin TX"
        let words = text.split(separator: " ")
        guard words.count > 1 else { return nil }
        let withoutCode = words.filter { !$0.contains(where: \.isNumber) }
        if withoutCode.count < words.count {
            return single(withoutCode.joined(separator: " ")).map { Place(text: $0.text, country: $0.country, isQualified: true) }
        }
        guard PlaceNames.stateCodes.contains(String(words[words.count - 1])) else { return nil }
        let city = words.dropLast().joined(separator: " ").folded
        return PlaceNames.cities[city] == "US" ? Place(text: text, country: "US", isQualified: true) : nil
    }

    /// The country of a state or country name; a postal code may follow: "CA 94110".
    private static func region(_ text: String) -> String? {
        let words = text.split(separator: " ")
        let name = words.filter { !$0.contains(where: \.isNumber) }.joined(separator: " ")
        if PlaceNames.stateCodes.contains(name) || PlaceNames.stateNames.contains(name.folded) { return "US" }
        if PlaceNames.provinceCodes.contains(name) { return "CA" }
        return PlaceNames.countries[name.folded]
    }
}
