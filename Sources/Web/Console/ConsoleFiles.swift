import Crypto
import Foundation
import HTTPTypes
import Kernel
import NIOCore

/// The console's files, read once at startup: an address that isn't in this list leads to no file, however it is written.
struct ConsoleFiles {
    private(set) var pages: [String: FixedPage] = [:]

    init(folder: String) throws {
        try add(folder, under: "/admin", try Self.files(in: folder))
        // Mails link here.
        for address in ["/admin/", "/reset-password", "/confirm", "/join", "/change-address", "/answer"] {
            pages[address] = pages["/admin"]
        }
        pages["/"] = FixedPage { () throws(Failure) in
            FixedPage.Content(status: 303, type: "text/plain", bytes: ByteBuffer(), headers: [(.location, "/admin")])
        }
        for library in Self.libraries {
            let present = library.files.filter { FileManager.default.fileExists(atPath: "\(library.folder)/\($0)") }
            try add(library.folder, under: "/admin/vendor/\(library.name)", present)
        }
    }

    private mutating func add(_ folder: String, under prefix: String, _ files: [String]) throws {
        for file in files {
            let kind = (file as NSString).pathExtension
            guard Self.types[kind] != nil else { continue }
            let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(file)"))
            pages[file == "index.html" ? prefix : "\(prefix)/\(file)"] = Self.page(kind, bytes)
        }
    }

    private static func files(in folder: String) throws -> [String] {
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder)
        guard names.contains("index.html") else { throw ConsoleMissing(folder: folder) }
        return names
    }

    /// Nil for file types that no page needs.
    static func page(_ kind: String, _ bytes: some Sequence<UInt8>) -> FixedPage? {
        guard let type = types[kind] else { return nil }
        let tag = SHA256.hash(data: Data(bytes)).prefix(12).hexadecimal
        let content = FixedPage.Content(
            type: type,
            bytes: ByteBuffer(bytes: bytes),
            headers: [(.eTag, "\"\(tag)\""), (.cacheControl, "no-cache"), (.contentSecurityPolicy, policy)]
        )
        return FixedPage { () throws(Failure) in content }
    }

    private static let types = [
        "html": "text/html; charset=utf-8", "js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8",
        "svg": "image/svg+xml", "png": "image/png", "json": "application/json", "md": "text/markdown; charset=utf-8",
        "lua": "text/plain; charset=utf-8",
    ]

    private static let policy = """
        default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; font-src 'self'; \
        form-action 'self'; frame-ancestors 'none'; base-uri 'none'
        """

    /// Libraries from Debian packages. The console works without a missing one: with a plain text field, no charts, or an unformatted
    /// guide.
    private struct Library {
        let name: String
        let files: [String]
        var folder: String { "/usr/share/javascript/\(name)" }
    }

    private static let libraries = [
        Library(
            name: "codemirror",
            files: [
                "lib/codemirror.js", "lib/codemirror.css", "mode/lua/lua.js", "mode/javascript/javascript.js", "addon/hint/show-hint.js",
                "addon/hint/show-hint.css", "addon/edit/matchbrackets.js", "addon/edit/closebrackets.js", "addon/lint/lint.js",
                "addon/lint/lint.css", "addon/comment/comment.js", "addon/runmode/runmode.js",
            ]
        ),
        Library(name: "chart.js", files: ["chart.min.js"]), Library(name: "marked", files: ["marked.umd.min.js"]),
    ]
}

struct ConsoleMissing: Error, CustomStringConvertible {
    let folder: String
    var description: String { "There is no console in \(folder): set TENURE_CONSOLE to the folder that has its index.html." }
}

struct PageMisplaced: Error, CustomStringConvertible {
    let path: String
    var description: String { "\(path) is taken, belongs to the API, or is not a type of file that a browser shows." }
}

extension FixedPages {
    mutating func add(_ pages: [WebPage]) throws {
        for page in pages {
            guard page.path.hasPrefix("/"), !page.path.hasPrefix("/api/"), self[page.path] == nil,
                let fixed = ConsoleFiles.page(page.kind, page.bytes)
            else { throw PageMisplaced(path: page.path) }
            self[page.path] = fixed
        }
    }

    mutating func addConsole(folder: String) throws {
        for (path, page) in try ConsoleFiles(folder: folder).pages { self[path] = page }
    }
}
