import Foundation
import Kernel
import Testing

@testable import tenure

/// A stranger's file must cost the others nothing that they notice.
@Suite struct StrangersFilesTests {
    @Test(arguments: StrangersFile.all)
    func `a file made to cost time is read or refused within its limits`(file: StrangersFile) async throws {
        let candidate = try await TestTenant().candidate()
        let answer = try await candidate.upload("/resumes/upload", file: file.data, name: file.name)
        switch answer.status {
        case 201:
            try await eventually {
                try await candidate.get("/resumes/\(answer.id)").data["status"] != "uploaded"
            }
            let resume = try await candidate.get("/resumes/\(answer.id)").expect(200)
            if resume.data["status"] == "failed" { #expect(resume.data["problem"]?.string?.isEmpty == false) }
        default:
            #expect(answer.expect(400).details["file"] != nil)
        }
        // Whatever the file does, it does in the child: here everybody is served.
        try await candidate.get("/users/me").expect(200)
    }

    @Test func `one person's many uploads wait in line and leave no file behind when refused`() async throws {
        let candidate = try await TestTenant().candidate()
        let answers = try await withThrowingTaskGroup(of: Answer.self) { group in
            for number in 0..<20 {
                group.addTask { try await candidate.upload("/resumes/upload", file: Fixture.pdf, name: "\(number).pdf") }
            }
            return try await group.reduce(into: [Answer]()) { $0.append($1) }
        }
        #expect(answers.count { $0.status == 201 } == 5)
        for answer in answers where answer.status != 201 {
            #expect(answer.code == "RESUME_LIMIT" || answer.status == 429 && answer.details["retryAfter"] != nil, "\(answer.json.text)")
        }
    }
}

/// Small to send, expensive to read carelessly.
struct StrangersFile: Sendable, CustomTestStringConvertible {
    let name: String
    let data: Data

    var testDescription: String { name }

    static let all: [StrangersFile] = {
        let lines = [
            ("wrapped-lines", (0..<20_000).map { "and then we went on with the work \($0)," }),
            ("brackets", [String(repeating: "(", count: 95_000) + String(repeating: ")", count: 95_000)]),
            ("one-long-line", [String(repeating: "Engineer at Acme, 2019 ", count: 8000)]),
            ("headings", (0..<20_000).map { ["Skills", "Education", "Experience", "Languages"][$0 % 4] }),
            ("dates", (0..<20_000).map { "01/\(1950 + $0 % 80) - 12/\(1950 + $0 % 80) Acme" }),
            ("digits", [String(repeating: "+1 415 555 2671 ", count: 12_000)]),
        ]
        return lines.map { name, lines in
            StrangersFile(name: "\(name).docx", data: WordDocument(paragraphs: lines.map { .line($0) }).bytes)
        }
            + [
                StrangersFile(name: "nested-tables.docx", data: WordDocument(content: nested).bytes),
                StrangersFile(name: "cells.docx", data: WordDocument(content: cells).bytes),
                StrangersFile(name: "entities.docx", data: WordDocument(content: entities).bytes),
            ]
    }()

    private static let nested =
        String(repeating: "<w:tbl><w:tr><w:tc>", count: 30_000) + "<w:p><w:r><w:t>Jane Doe, nurse in Berlin</w:t></w:r></w:p>"
        + String(repeating: "</w:tc></w:tr></w:tbl>", count: 30_000)
    private static let cells =
        "<w:tbl><w:tr>" + String(repeating: "<w:tc><w:p><w:r><w:t>nurse</w:t></w:r></w:p></w:tc>", count: 60_000) + "</w:tr></w:tbl>"
    private static let entities = "<w:p><w:r><w:t>" + String(repeating: "&#78;&amp;", count: 300_000) + "</w:t></w:r></w:p>"
}
