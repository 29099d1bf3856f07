import Mustache

/// All texts of letters, by name, in each language; names in double braces are filled in.
package enum Words {
    /// The text with its names in double braces.
    package static func raw(_ name: String, in language: Language) -> String { language.words[name] ?? english[name] ?? name }

    package static func text(_ name: String, in language: Language, _ values: [String: String] = [:]) -> String {
        let words = raw(name, in: language)
        guard words.contains("{{") else { return words }
        // Text, not HTML: a letter's template escapes what it puts into its page.
        guard let template = try? MustacheTemplate(string: "{{% CONTENT_TYPE:TEXT}}\(words)") else { return words }
        return template.render(values)
    }
}
