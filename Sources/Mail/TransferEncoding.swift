import Foundation

// RFC 2045, section 6: how a body travels through seven-bit mail.

func base64(_ bytes: [UInt8]) -> String {
    Data(bytes).base64EncodedString()
}

func base64Lines(_ data: Data) -> [UInt8] {
    Array(data.base64EncodedString(options: [.lineLength76Characters]).utf8)
}

/// Quoted-printable text with CRLF line ends, whatever ends a line in `text`.
func quotedPrintable(_ text: String) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.utf8.count * 5 / 4)
    // Swift reads "\r\n" as one character.
    let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
    for (index, line) in lines.enumerated() {
        if index > 0 { result += crlf }
        appendQuotedPrintable(Array(line.utf8), to: &result)
    }
    return result
}

let crlf: [UInt8] = [0x0D, 0x0A]

private func appendQuotedPrintable(_ line: [UInt8], to result: inout [UInt8]) {
    var column = 0
    for (index, byte) in line.enumerated() {
        let token = quotedPrintableToken(byte, isFirst: column == 0, isLast: index == line.count - 1)
        // 76 characters to a line, the last of which is the "=" of a soft break.
        if column + token.count > 75 {
            result += [UInt8(ascii: "=")] + crlf
            column = 0
        }
        result += token
        column += token.count
    }
}

private func quotedPrintableToken(_ byte: UInt8, isFirst: Bool, isLast: Bool) -> [UInt8] {
    let isSpace = byte == 0x20 || byte == 0x09
    let isLiteral = (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "=")
    // Careless relays change a dot or an F ("From ") at the beginning of a line.
    let isFragile = isFirst && (byte == UInt8(ascii: ".") || byte == UInt8(ascii: "F"))
    if (isLiteral && !isFragile) || (isSpace && !isLast) { return [byte] }
    let digits = Array("0123456789ABCDEF".utf8)
    return [UInt8(ascii: "="), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
}
