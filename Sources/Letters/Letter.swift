package import Foundation
import Mustache

/// The contents of a letter, in order: texts by name, with the values to fill in. The template decides how it looks.
package struct Letter: Sendable {
    package enum Text: Sendable {
        case words(String, [String: String] = [:])
        /// Somebody's own words.
        case quoted(String)
    }

    package enum Block: Sendable {
        case paragraph(Text)
        case heading(Text)
        case button(Text, url: String)
        /// Something to copy.
        case code(Text, String)
        case facts([(label: Text, value: Text)])
        /// In smaller print.
        case aside(Text)
    }

    package let subject: Text
    package let blocks: [Block]

    package init(_ subject: Text, _ blocks: [Block]) {
        self.subject = subject
        self.blocks = blocks
    }

    package func written(on head: Letterhead) -> WrittenLetter {
        let blocks = blocks.map { $0.content(in: head.language) }
        let content: [String: Any] = [
            "language": head.language.rawValue, "tenant": head.tenant, "logo": head.logoURL ?? "", "hasLogo": head.logoURL != nil,
            "blocks": blocks,
        ]
        return WrittenLetter(
            subject: subject.written(in: head.language).split(whereSeparator: \.isNewline).joined(separator: " "),
            text: LetterTemplates.text.render(content),
            html: LetterTemplates.html.render(content)
        )
    }
}

/// Whose letter it is, and how to address its reader.
package struct Letterhead: Sendable {
    package let tenant: String
    package let logoURL: String?
    package let language: Language
    /// How dates and numbers are written; its language may be one that letters aren't written in.
    package let locale: Locale
    package let timeZone: TimeZone

    package init(
        tenant: String,
        logoURL: String? = nil,
        language: Language = .english,
        locale: Locale? = nil,
        timeZone: TimeZone = .gmt
    ) {
        self.tenant = tenant
        self.logoURL = logoURL
        self.language = language
        self.locale = locale ?? Locale(identifier: language.rawValue)
        self.timeZone = timeZone
    }

    /// `December 5, 2026`, in the reader's time zone.
    package func day(of date: Date) -> String { written(date, style(.long, .omitted)) }

    /// `Saturday, December 5, 2026 at 3:04 PM Central European Standard Time (Europe/Berlin)`.
    package func moment(_ date: Date) -> String {
        guard !isUniversal else { return "\(written(date, style(.complete, .shortened))) (UTC)" }
        return "\(written(date, style(.complete, .shortened).timeZone(.specificName(.long)))) (\(timeZone.identifier))"
    }

    private var isUniversal: Bool { ["GMT", "UTC", "Etc/UTC", "Etc/GMT"].contains(timeZone.identifier) }

    private func style(_ date: Date.FormatStyle.DateStyle, _ time: Date.FormatStyle.TimeStyle) -> Date.FormatStyle {
        Date.FormatStyle(date: date, time: time, locale: locale, timeZone: timeZone)
    }

    private func written(_ date: Date, _ style: Date.FormatStyle) -> String {
        // Foundation puts narrow no-break spaces between some parts; few mail programs' fonts have them.
        date.formatted(style).replacing("\u{202F}", with: " ")
    }
}

/// A finished letter, ready to be mailed.
package struct WrittenLetter: Sendable, Equatable {
    package let subject: String
    package let text: String
    package let html: String
}

extension Letter.Text {
    package func written(in language: Language) -> String {
        switch self {
        case .words(let name, let values): Words.text(name, in: language, values)
        case .quoted(let text): text
        }
    }
}

extension Letter.Block {
    /// One name each, as the templates know it.
    fileprivate func content(in language: Language) -> [String: Any] {
        switch self {
        case .paragraph(let text): ["paragraph": ["text": text.written(in: language)]]
        case .heading(let text): ["heading": ["text": text.written(in: language)]]
        case .button(let text, let url): ["button": ["text": text.written(in: language), "url": url]]
        case .code(let caption, let code): ["code": ["caption": caption.written(in: language), "text": code]]
        case .aside(let text): ["aside": ["text": text.written(in: language)]]
        case .facts(let facts):
            [
                "facts": [
                    "lines": facts.map { ["label": $0.label.written(in: language), "value": $0.value.written(in: language)] }
                ]
            ]
        }
    }
}
