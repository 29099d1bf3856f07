// The program that reads what strangers wrote, always behind the fence. It is told what to do and answers with one line of JSON:
//
//   document-reader text KIND PAGES CHARACTERS BYTES [EXIT_CODE]...   the document on standard input, each tool's output and complaints
//                                                                     on the descriptors 3 and 4, 5 and 6 ...
//   document-reader parse                                            a `ParseRequest` on standard input
import CConfine
import DocumentText
import Documents
import Foundation
import ResumeParsing

// A request is at most a document's text, in JSON.
let longestInput = 16 << 20

// From here on nothing can be opened or started, whatever the input does to this program.
guard confine_computation() else { exit(125) }

do {
    let words = arguments()
    switch words.first {
    case "text": try readText(Array(words.dropFirst()))
    case ParseRequest.task: try parse()
    default: exit(2)
    }
} catch {
    exit(1)
}

func arguments() -> [String] {
    guard let words = confined_words() else { return [] }
    return sequence(first: 1) { $0 + 1 }.lazy.map { words[$0] }.prefix { $0 != nil }.compactMap { $0.map { String(cString: $0) } }
}

func readText(_ words: [String]) throws {
    let numbers = words.dropFirst().compactMap { Int($0) }
    guard let kind = words.first.flatMap(DocumentKind.init), numbers.count == words.count - 1, numbers.count >= 3 else { exit(2) }
    var limits = ExtractionLimits.standard
    limits.pages = numbers[0]
    limits.characters = numbers[1]
    limits.outputBytes = numbers[2]
    let tools = try numbers.dropFirst(3).enumerated().map { index, exitCode in
        ToolResult(
            output: try Descriptor(3 + 2 * Int32(index)).read(atMost: limits.outputBytes),
            complaint: try Descriptor(4 + 2 * Int32(index)).read(atMost: limits.outputBytes),
            exitCode: Int32(exitCode)
        )
    }
    let document = OpenDocument(file: try Descriptor.input.read(atMost: longestInput), tools: tools, limits: limits)
    try answer(ReaderAnswer { () throws(DocumentError) in try document.text(as: kind) })
}

func parse() throws {
    let request = try JSONDecoder().decode(ParseRequest.self, from: Descriptor.input.read(atMost: longestInput))
    let parsed = ResumeParser(today: request.today).parse(request.document)
    try answer(ReaderAnswer.value(parsed))
}

func answer(_ answer: some Encodable) throws {
    try Descriptor.output.write(JSONEncoder().encode(answer))
}
