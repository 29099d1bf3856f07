import HTTPTypes
import Kernel

extension FixedPages {
    /// The documents, and a page to read them that loads nothing from other hosts.
    mutating func addDocumentation(_ document: OpenAPIDocument) throws {
        let path = Endpoint.prefix + "/openapi"
        self[path + ".json"] = FixedPage("application/json", document.json.text, headers: Self.cached)
        for part in APIPart.allCases {
            self["\(path)/\(part.rawValue).yaml"] = FixedPage("application/yaml", try document.part(part).yaml(), headers: Self.cached)
        }
        let policy = "default-src 'none'; style-src 'self'; script-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        self["/api/docs"] = FixedPage(
            "text/html; charset=utf-8",
            DocumentationPage(document).html,
            headers: Self.cached + [(.contentSecurityPolicy, policy)]
        )
        self["/api/docs/style.css"] = FixedPage("text/css; charset=utf-8", DocumentationPage.style, headers: Self.cached)
        self["/api/docs/search.js"] = FixedPage("text/javascript; charset=utf-8", DocumentationPage.script, headers: Self.cached)
    }

    private static let cached: [(HTTPField.Name, String)] = [(.cacheControl, "public, max-age=300")]
}
