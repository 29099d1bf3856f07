/// What the page says about a setting.
package protocol DescribedSetting: Sendable {
    var name: String { get }
    var fallback: String { get }
    var meaning: String { get }
}

extension Setting: DescribedSetting {}

/// The settings of one part of the program.
package struct SettingsSection: Sendable {
    package let title: String
    /// Before the table.
    package let opening: String?
    package let settings: [any DescribedSetting]
    /// After the table.
    package let closing: String?

    package init(_ title: String, opening: String? = nil, _ settings: [any DescribedSetting], closing: String? = nil) {
        self.title = title
        self.opening = opening
        self.settings = settings
        self.closing = closing
    }

    package var markdown: String {
        let rows = settings.map { "| `\($0.name)` | \($0.fallback) | \($0.meaning) |" }
        let table = (["| variable | default | meaning |", "|---|---|---|"] + rows).joined(separator: "\n")
        return ["## \(title)", opening, table, closing].compactMap(\.self).joined(separator: "\n\n")
    }
}
