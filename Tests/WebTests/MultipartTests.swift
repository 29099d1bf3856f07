import Testing

@testable import Web

struct MultipartTests {
    private struct Part: Equatable {
        var name: String
        var fileName: String?
        var content: String
    }

    /// Feeds the body in chunks of one size and joins the parser's results.
    private func parse(_ body: String, by size: Int, boundary: String = "B") throws -> [Part] {
        var parser = MultipartParser(boundary: boundary)
        var parts: [Part] = []
        let bytes = Array(body.utf8)
        for start in stride(from: 0, to: bytes.count, by: size) {
            for event in try parser.feed(bytes[start..<min(start + size, bytes.count)]) {
                switch event {
                case .partBegins(let part): parts.append(Part(name: part.name, fileName: part.fileName, content: ""))
                case .data(let data): parts[parts.count - 1].content += String(decoding: data, as: UTF8.self)
                case .partEnds: break
                }
            }
        }
        try parser.finish()
        return parts
    }

    private let form = """
        preamble\r
        --B\r
        Content-Disposition: form-data; name="title"\r
        \r
        two\r
        lines\r
        --B  \r
        Content-Disposition: form-data; name="file"; filename="a.txt"\r
        Content-Type: text/plain\r
        \r
        -- \r\n-B --BB\r\n--\r
        --B\r
        Content-Disposition: form-data; name="empty"\r
        \r
        \r
        --B--\r
        epilogue
        """

    @Test(arguments: [1, 2, 3, 7, 16, 1000])
    func `a form is the same however its bytes arrive`(size: Int) throws {
        let parts = try parse(form, by: size)
        #expect(
            parts == [
                Part(name: "title", fileName: nil, content: "two\r\nlines"),
                Part(name: "file", fileName: "a.txt", content: "-- \r\n-B --BB\r\n--"),
                Part(name: "empty", fileName: nil, content: ""),
            ]
        )
    }

    @Test(arguments: [
        "", "--B", "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx",
        "--Bx\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--B--",
        "--B\r\n\r\nx\r\n--B--", "--B\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nx\r\n--B--",
        "--B\r\nContent-Disposition: form-data; name=\"a\r\n\r\nx\r\n--B--", "--B\r\nnonsense\r\n\r\nx\r\n--B--",
    ])
    func `a broken form is refused`(body: String) {
        #expect(throws: MultipartProblem.self) { try parse(body, by: 5) }
    }

    @Test func `headers without an end are refused before they fill the memory`() {
        var parser = MultipartParser(boundary: "B")
        #expect(throws: MultipartProblem.self) {
            _ = try parser.feed(Array("--B\r\n".utf8))
            for _ in 0..<20 { _ = try parser.feed([UInt8](repeating: 0x61, count: 1000)) }
        }
    }

    @Test func `a flood of parts is refused`() {
        var parser = MultipartParser(boundary: "B")
        let part = Array("--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n".utf8)
        #expect(throws: MultipartProblem.self) {
            for _ in 0...MultipartParser.maximumParts { _ = try parser.feed(part) }
        }
    }

    @Test(arguments: [
        (#"form-data; name="a"; filename="../../etc/passwd""#, "passwd"),
        (#"form-data; name="a"; filename="C:\dir\cv.pdf""#, "cv.pdf"),
        (#"form-data; name="a"; filename="a \"b\".pdf""#, #"a "b".pdf"#),
        (#"form-data; name=a; filename=plain.pdf"#, "plain.pdf"),
        (#"form-data; name="a"; filename="Lebenslauf Jürgen.pdf""#, "Lebenslauf Jürgen.pdf"),
        (#"form-data; name="a"; filename="""#, ""),
    ])
    func `only the last component of a file name is kept`(header: String, name: String) throws {
        let part = try MultipartPart(headers: Array("Content-Disposition: \(header)".utf8)[...])
        #expect(part.name == "a")
        #expect(part.fileName == name)
    }

    @Test(arguments: [
        (#"filename="My %22best%22 CV.pdf""#, #"My "best" CV.pdf"#),
        (#"filename="two%0D%0Alines%0a.pdf""#, "twolines.pdf"),
        (#"filename="100%25 %7e me.pdf""#, "100%25 %7e me.pdf"),
        (#"filename="50% of %2 and %zz.pdf""#, "50% of %2 and %zz.pdf"),
        (#"filename="%22""#, "\""),
        (#"filename="a \"b\" %22c%22.pdf""#, #"a "b" "c".pdf"#),
        (#"filename="C:\\dir\\cv.pdf""#, "cv.pdf"),
        (#"filename="cv.pdf\\""#, "cv.pdf"),
        (#"filename="EURO.pdf"; filename*=UTF-8''%e2%82%ac%20rates.pdf"#, "€ rates.pdf"),
        (#"filename*=utf-8'en'R%C3%A9sum%c3%a9.pdf; filename="Resume.pdf""#, "Résumé.pdf"),
        (#"filename*=ISO-8859-1''R%E9sum%E9.pdf"#, "Résumé.pdf"),
        (#"filename="plain.pdf"; filename*=UTF-8''%ff.pdf"#, "plain.pdf"),
        (#"filename="plain.pdf"; filename*=UTF-8''%e.pdf"#, "plain.pdf"),
        (#"filename="plain.pdf"; filename*=KOI8-R''x.pdf"#, "plain.pdf"),
        (#"filename="plain.pdf"; filename*=nonsense"#, "plain.pdf"),
        (#"filename*=UTF-8''..%2F..%2Fetc%2Fpasswd"#, "passwd"),
        (#"filename*=UTF-8''dir%5Ccv.pdf"#, "cv.pdf"),
        (#"filename="..""#, ""), (#"filename="dir/..""#, ""), (#"filename="/""#, ""),
        (#"filename="  cv.pdf  ""#, "cv.pdf"),
        ("filename=\"Re\u{301}sume\u{301}.pdf\"", "R\u{E9}sum\u{E9}.pdf"),
        ("filename=\"cv 👩🏽‍💻.pdf\"", "cv 👩🏽‍💻.pdf"),
        ("filename=\"cv\u{202E}fdp.exe\"", "cvfdp.exe"),
    ])
    func `a file name is read however a client spells it`(parameter: String, name: String) throws {
        let part = try MultipartPart(headers: Array("Content-Disposition: form-data; name=\"file\"; \(parameter)".utf8)[...])
        // Equal bytes: Swift's strings are equal in both forms of Unicode.
        #expect(part.fileName.map { Array($0.utf8) } == Array(name.utf8))
    }

    @Test func `a very long file name keeps its beginning and its kind`() throws {
        let long = String(repeating: "👩🏽‍💻", count: 100) + ".pdf"
        let part = try MultipartPart(headers: Array("Content-Disposition: form-data; name=\"file\"; filename=\"\(long)\"".utf8)[...])
        let name = try #require(part.fileName)
        #expect(name.unicodeScalars.count <= 255)
        #expect(name.hasSuffix("👩🏽‍💻.pdf"))
    }

    @Test func `the names of fields are unescaped like those of files`() throws {
        let part = try MultipartPart(headers: Array(#"Content-Disposition: form-data; name="a%22b""#.utf8)[...])
        #expect(part.name == "a\"b")
    }
}
