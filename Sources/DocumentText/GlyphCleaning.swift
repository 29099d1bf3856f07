import Foundation

extension String {
    /// The text with presentation forms, private-use bullets and invisible characters replaced by what a reader sees.
    package var cleanedOfGlyphs: String {
        var scalars = String.UnicodeScalarView()
        var marks = 0
        for scalar in unicodeScalars {
            marks = scalar.isMark ? marks + 1 : 0
            if marks > ReadingLimits.marks { continue }
            switch scalar.value {
            case 0xfb00...0xfb06:
                // One by one: appending a sequence copies everything before it.
                for letter in Self.ligatures[Int(scalar.value) - 0xfb00].unicodeScalars { scalars.append(letter) }
            // Symbol and Wingdings, the fonts word processors take bullets from, are mapped here.
            case 0xe000...0xf8ff: scalars.append("\u{2022}")
            // As a word of its own it is what a popular font has in place of a hyphen; inside of one it only says where a line may break.
            case 0xad where scalars.last.map { $0 == " " } ?? true: scalars.append("-")
            case 0xa0, 0x2000...0x200a, 0x202f, 0x205f, 0x3000: scalars.append(" ")
            case 0x09, 0x0a: scalars.append(scalar)
            case 0x0c, 0x0d, 0x2028, 0x2029: scalars.append("\n")
            // Control characters, soft hyphen, zero-width marks and the replacement character.
            case 0..<0x20, 0x7f..<0xa0, 0xad, 0x200b...0x200f, 0x202a...0x202e, 0x2060...0x2064, 0xfeff, 0xfffd: continue
            default: scalars.append(scalar)
            }
        }
        return String(scalars).precomposedStringWithCanonicalMapping
    }
    private static let ligatures = ["ff", "fi", "fl", "ffi", "ffl", "st", "st"]
}

extension Unicode.Scalar {
    fileprivate var isMark: Bool {
        guard value >= 0x300 else { return false }
        switch properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: return true
        default: return false
        }
    }
}
