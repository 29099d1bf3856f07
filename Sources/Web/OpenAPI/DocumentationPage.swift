import Kernel

/// The operations and events as one page of HTML, readable without a script.
struct DocumentationPage {
    private let document: OpenAPIDocument

    init(_ document: OpenAPIDocument) {
        self.document = document
    }

    var html: String {
        let groups = Dictionary(grouping: document.operations, by: \.tag).sorted { $0.key < $1.key }
        let tags = groups.map(\.key) + ["event-catalogue"]
        let navigation = tags.map { "<a href=\"#\($0.escaped)\">\($0.escaped)</a>" }
        return """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>Tenure API</title>
            <link rel="stylesheet" href="/api/docs/style.css">
            <script src="/api/docs/search.js" defer></script>
            </head>
            <body>
            <header>
            <h1>Tenure API</h1>
            <p>Base path <code>\(Endpoint.prefix)</code>. Machine-readable: <a href="\(Endpoint.prefix)/openapi.json">openapi.json</a>\(parts).</p>
            <input id="search" type="search" placeholder="Search paths, words, permissions, failures" aria-label="Search">
            <nav>\(navigation.joined(separator: "\n"))</nav>
            </header>
            <main>
            \(groups.map { section($0.key, $0.value) }.joined(separator: "\n"))
            <section id="event-catalogue">
            <h2>event catalogue</h2>
            \(document.events.map(event).joined(separator: "\n"))
            </section>
            </main>
            </body>
            </html>
            """
    }

    private var parts: String {
        APIPart.allCases.map { #", <a href="\#(Endpoint.prefix)/openapi/\#($0.rawValue).yaml">\#($0.rawValue).yaml</a>"# }.joined()
    }

    private func section(_ tag: String, _ operations: [APIOperation]) -> String {
        """
        <section id="\(tag.escaped)">
        <h2>\(tag.escaped)</h2>
        \(operations.map { OperationHTML($0, glossary: document.glossary).html }.joined(separator: "\n"))
        </section>
        """
    }

    private func event(_ event: EventDescription) -> String {
        let kind = event.amendable == nil ? "event" : "proposal"
        let amendable = event.amendable.map { "<p>A rule may amend: <code>\($0.joined(separator: ", ").escaped)</code></p>" } ?? ""
        return """
            <details>
            <summary><span class="method \(kind)">\(kind)</span> <code>\(event.name.escaped)</code> <span>\(event.summary.escaped)</span></summary>
            \(amendable)
            <h3>Sample</h3>
            <pre>\(event.sample.indented.escaped)</pre>
            </details>
            """
    }
}

extension String {
    /// For HTML text and attributes.
    var escaped: String {
        var text = ""
        for character in self {
            switch character {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "\"": text += "&quot;"
            default: text.append(character)
            }
        }
        return text
    }
}

extension JSON {
    /// With line breaks, for people.
    var indented: String { indented(by: "") }

    private func indented(by margin: String) -> String {
        let inner = margin + "  "
        switch self {
        case .object(let members) where !members.isEmpty:
            let lines = members.keys.sorted().map { "\(inner)\(JSON.string($0).text): \((members[$0] ?? .null).indented(by: inner))" }
            return "{\n\(lines.joined(separator: ",\n"))\n\(margin)}"
        case .array(let elements) where !elements.isEmpty:
            return "[\n\(elements.map { inner + $0.indented(by: inner) }.joined(separator: ",\n"))\n\(margin)]"
        default: return text
        }
    }
}
