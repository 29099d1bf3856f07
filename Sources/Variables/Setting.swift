/// One environment variable: its name, meaning and default, declared once for the program and for its page.
package struct Setting<Value: Sendable>: Sendable {
    package let name: String
    /// As the page shows it.
    package let fallback: String
    package let meaning: String
    package let isSecret: Bool
    let read: @Sendable (String?) throws(SettingProblem) -> Value

    private init(
        _ name: String,
        fallback: String,
        _ meaning: String,
        isSecret: Bool,
        read: @escaping @Sendable (String?) throws(SettingProblem) -> Value
    ) {
        self.name = name
        self.fallback = fallback
        self.meaning = meaning
        self.isSecret = isSecret
        self.read = read
    }

    /// - Parameter shown: what the page says about the default, if the value itself says too little.
    package init(
        _ name: String,
        or value: Value,
        shown: String,
        _ meaning: String,
        isSecret: Bool = false,
        parse: @escaping @Sendable (String) throws(SettingProblem) -> Value
    ) {
        self.init(name, fallback: shown, meaning, isSecret: isSecret) { text throws(SettingProblem) in
            guard let text else { return value }
            return try parse(text)
        }
    }
}

/// Why a value is invalid; the setting's name comes before it.
package struct SettingProblem: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}

extension Setting where Value == String {
    package init(_ name: String, or value: String, shown: String? = nil, _ meaning: String, isSecret: Bool = false) {
        self.init(name, or: value, shown: shown ?? "`\(value)`", meaning, isSecret: isSecret) { text throws(SettingProblem) in text }
    }

    package init(required name: String, _ meaning: String, isSecret: Bool = false) {
        self.init(name, fallback: "none, required", meaning, isSecret: isSecret) { text throws(SettingProblem) in
            guard let text else { throw SettingProblem("Set it; deploy/environment.md says to what.") }
            return text
        }
    }
}

extension Setting where Value == String? {
    package init(optional name: String, shown: String = "none", _ meaning: String, isSecret: Bool = false) {
        self.init(name, or: nil, shown: shown, meaning, isSecret: isSecret) { text throws(SettingProblem) in text }
    }
}

extension Setting where Value == Int {
    package init(_ name: String, or value: Int, shown: String? = nil, _ meaning: String) {
        self.init(name, or: value, shown: shown ?? "`\(value)`", meaning) { text throws(SettingProblem) in try .number(text) }
    }
}

extension Setting where Value == Int? {
    package init(optionalNumber name: String, _ meaning: String) {
        self.init(name, or: nil, shown: "none", meaning) { text throws(SettingProblem) in try .number(text) }
    }
}

extension Setting where Value == [String] {
    /// Separated by commas.
    package init(list name: String, _ meaning: String) {
        self.init(name, or: [], shown: "empty", meaning) { text throws(SettingProblem) in text.commaSeparated }
    }
}

extension Setting where Value: CaseIterable & RawRepresentable, Value.RawValue == String {
    package init(_ name: String, or value: Value, _ meaning: String) {
        self.init(name, or: value, shown: "`\(value.rawValue)`", meaning) { text throws(SettingProblem) in try .choice(text) }
    }
}

extension RawRepresentable where RawValue == String, Self: CaseIterable {
    package static func choice(_ text: String) throws(SettingProblem) -> Self {
        guard let choice = Self(rawValue: text) else {
            let names = allCases.map(\.rawValue).joined(separator: ", ")
            throw SettingProblem("It can't be '\(text)', only \(names).")
        }
        return choice
    }
}

extension Int {
    fileprivate static func number(_ text: String) throws(SettingProblem) -> Int {
        guard let number = Int(text), number > 0 else { throw SettingProblem("It must be a positive whole number.") }
        return number
    }
}

extension String {
    package var commaSeparated: [String] {
        split(separator: ",").map { $0.trimming(while: \.isWhitespace) }.filter { !$0.isEmpty }
    }
}

extension Substring {
    fileprivate func trimming(while isTrimmed: (Character) -> Bool) -> String {
        var text = self
        while let first = text.first, isTrimmed(first) { text.removeFirst() }
        while let last = text.last, isTrimmed(last) { text.removeLast() }
        return String(text)
    }
}
