internal import CPhoneNumbers

/// Phone numbers in running text, found and validated by libphonenumber.
package enum PhoneNumbers {
    /// Valid numbers in E.164, in order, each once. `region` (ISO 3166-1) reads those without a country code.
    package static func find(in text: String, region: String?) -> [String] {
        var numbers: [String] = []
        for number in matches(in: text, region: region) {
            let e164 = withUnsafeBytes(of: number.e164) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            if !numbers.contains(e164) { numbers.append(e164) }
        }
        return numbers
    }

    /// Where valid numbers with a country code stand, in UTF-8 bytes.
    static func ranges(in text: String) -> [Range<Int>] {
        matches(in: text, region: nil).map { Int($0.start)..<Int($0.end) }
    }

    private static func matches(in text: String, region: String?) -> [tenure_phone_number] {
        // Digits cost the matcher 7 us per byte; 4 kB of nothing else is 30 ms, and contact sections are shorter.
        var bytes = Array(text.utf8.prefix(4096))
        // The matcher refuses text that ends inside a character.
        bytes = Array(String(decoding: bytes, as: UTF8.self).utf8)
        var found = [tenure_phone_number](repeating: tenure_phone_number(), count: 16)
        let count = bytes.withUnsafeBytes { raw in
            tenure_find_phone_numbers(
                raw.baseAddress?.assumingMemoryBound(to: CChar.self),
                raw.count,
                region ?? "ZZ",
                &found,
                Int32(found.count)
            )
        }
        return Array(found.prefix(Int(count)))
    }
}
