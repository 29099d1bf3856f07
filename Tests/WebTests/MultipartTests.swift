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
}
