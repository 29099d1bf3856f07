// What may be in a header line: RFC 5322 for its form, RFC 2047 for letters beyond ASCII.

/// Text as one line: control characters and line ends become single spaces, which makes a second header impossible.
func singleLine(_ text: String) -> String {
    text.split { character in
        character.unicodeScalars.allSatisfy { $0.properties.isWhitespace || $0.properties.generalCategory == .control }
    }
    .map { String($0.unicodeScalars.filter { $0.properties.generalCategory != .control }) }
    .joined(separator: " ")
}

func isAlphanumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
    default: false
    }
}

/// `atext` of RFC 5322, 3.2.3.
func isAtomByte(_ byte: UInt8) -> Bool {
    isAlphanumeric(byte) || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
}

/// Free text of a header such as Subject, folded.
func unstructured(_ text: String, after name: String) -> String {
    let text = singleLine(text)
    return isPlain(text) ? folded(text, column: name.utf8.count + 2) : encodedWords(text)
}

/// A mailbox with its display name.
func mailbox(_ address: MailAddress) -> String {
    guard let name = address.name else { return address.address }
    if !isPlain(name) { return "\(encodedWords(name))\r\n <\(address.address)>" }
    let escaped = name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    return "\"\(escaped)\" <\(address.address)>"
}

func mailboxes(_ addresses: [MailAddress]) -> String {
    addresses.map(mailbox).joined(separator: ",\r\n ")
}

// A very long word cannot be folded, and `=?` would be read as the start of an encoded word.
private func isPlain(_ text: String) -> Bool {
    text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
        && !text.contains("=?")
        && text.split(separator: " ").allSatisfy { $0.utf8.count <= 70 }
}

private func folded(_ text: String, column start: Int) -> String {
    var result = ""
    var column = start
    for word in text.split(separator: " ") {
        // RFC 5322, 2.1.1: lines should stay within 78 characters.
        if !result.isEmpty {
            let wraps = column + 1 + word.utf8.count > 78
            result += wraps ? "\r\n " : " "
            column = wraps ? 1 : column + 1
        }
        result += word
        column += word.utf8.count
    }
    return result
}

// RFC 2047: an encoded word has at most 75 characters and contains whole characters, and a line with one has at most 76 with the header's
// name: 39 bytes make 52 of base64 and 12 of frame.
private func encodedWords(_ text: String) -> String {
    var words: [String] = []
    var current: [UInt8] = []
    for scalar in text.unicodeScalars {
        let bytes = Array(UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        if current.count + bytes.count > 39 {
            words.append(encodedWord(current))
            current = []
        }
        current += bytes
    }
    words.append(encodedWord(current))
    return words.joined(separator: "\r\n ")
}

private func encodedWord(_ bytes: [UInt8]) -> String {
    "=?UTF-8?B?\(base64(bytes))?="
}
