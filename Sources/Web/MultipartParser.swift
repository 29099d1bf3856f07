import Kernel

/// What is wrong with a multipart body.
struct MultipartProblem: Error {
    let message: String
}

/// Parses multipart/form-data (RFC 7578, RFC 2046 section 5.1) as its bytes come in. It does no I/O: it returns what it found.
struct MultipartParser {
    enum Event: Equatable {
        case partBegins(MultipartPart)
        case data(ArraySlice<UInt8>)
        case partEnds
    }

    private enum State {
        case preamble
        case delimiter
        case headers
        case content
        case epilogue
    }

    /// RFC 2046 sets no limit; no browser or client comes near these.
    static let maximumHeaders = 8192
    static let maximumParts = 50

    private let delimiter: [UInt8]
    private var state = State.preamble
    private var parts = 0
    /// Whether the line break before the content is still in the buffer.
    private var contentBegins = false
    /// The first delimiter may be at the very start, with no line break before it.
    private var buffer: [UInt8] = [0x0D, 0x0A]

    init(boundary: String) {
        delimiter = Array("\r\n--\(boundary)".utf8)
    }

    mutating func feed(_ bytes: some Sequence<UInt8>) throws(MultipartProblem) -> [Event] {
        buffer += bytes
        var events: [Event] = []
        while try step(&events) {}
        return events
    }

    /// Call it at the end of the body.
    func finish() throws(MultipartProblem) {
        guard case .epilogue = state else { throw MultipartProblem(message: "The multipart body ends early.") }
    }

    /// Whether there may be more to find in what has been received.
    private mutating func step(_ events: inout [Event]) throws(MultipartProblem) -> Bool {
        switch state {
        case .preamble: skipPreamble()
        case .delimiter: try passDelimiter()
        case .headers: try readHeaders(&events)
        case .content: readContent(&events)
        case .epilogue: dropAll()
        }
    }

    private mutating func skipPreamble() -> Bool {
        guard let start = buffer.firstIndex(of: delimiter) else {
            buffer.removeFirst(max(0, buffer.count - delimiter.count + 1))
            return false
        }
        buffer.removeFirst(start + delimiter.count)
        state = .delimiter
        return true
    }

    /// After a boundary come two hyphens at the end, else optional spaces and a line break.
    private mutating func passDelimiter() throws(MultipartProblem) -> Bool {
        guard buffer.count >= 2 else { return false }
        if buffer.starts(with: [UInt8(ascii: "-"), UInt8(ascii: "-")]) {
            state = .epilogue
            return true
        }
        guard let end = buffer.firstIndex(of: 0x0D) ?? (buffer.count > 100 ? buffer.count : nil) else { return false }
        guard buffer[..<end].allSatisfy({ $0 == 0x20 || $0 == 0x09 }) else { throw MultipartProblem(message: "A boundary line is broken.") }
        guard buffer.count > end + 1 else { return false }
        guard buffer[end + 1] == 0x0A else { throw MultipartProblem(message: "A boundary line is broken.") }
        // The line break stays: a part without headers begins with an empty line.
        buffer.removeFirst(end)
        state = .headers
        return true
    }

    private mutating func readHeaders(_ events: inout [Event]) throws(MultipartProblem) -> Bool {
        guard let end = buffer.firstIndex(of: [0x0D, 0x0A, 0x0D, 0x0A]) else {
            guard buffer.count <= Self.maximumHeaders else { throw MultipartProblem(message: "A part's headers are too long.") }
            return false
        }
        parts += 1
        guard end <= Self.maximumHeaders else { throw MultipartProblem(message: "A part's headers are too long.") }
        guard parts <= Self.maximumParts else { throw MultipartProblem(message: "There are more than \(Self.maximumParts) parts.") }
        events.append(.partBegins(try MultipartPart(headers: buffer[..<end])))
        // The last line break stays, because the delimiter of an empty part begins with it; content starts after it.
        buffer.removeFirst(end + 2)
        state = .content
        contentBegins = true
        return true
    }

    private mutating func readContent(_ events: inout [Event]) -> Bool {
        if contentBegins, buffer.count > delimiter.count, !buffer.starts(with: delimiter) {
            buffer.removeFirst(2)
            contentBegins = false
        }
        guard let end = buffer.firstIndex(of: delimiter) else {
            // The last bytes may be the beginning of a delimiter.
            let safe = buffer.count - delimiter.count + 1
            guard safe > 0, !contentBegins else { return false }
            events.append(.data(buffer[..<safe]))
            buffer = Array(buffer[safe...])
            return false
        }
        if end > 0 { events.append(.data(buffer[..<end])) }
        events.append(.partEnds)
        contentBegins = false
        buffer = Array(buffer[(end + delimiter.count)...])
        state = .delimiter
        return true
    }

    private mutating func dropAll() -> Bool {
        buffer.removeAll(keepingCapacity: true)
        return false
    }
}

extension [UInt8] {
    /// Where the pattern first occurs.
    fileprivate func firstIndex(of pattern: [UInt8]) -> Int? {
        guard count >= pattern.count else { return nil }
        return withUnsafeBufferPointer { bytes in
            pattern.withUnsafeBufferPointer { pattern in
                let last = bytes.count - pattern.count
                var index = 0
                search: while index <= last {
                    guard bytes[index] == pattern[0] else {
                        index += 1
                        continue
                    }
                    for offset in 1..<pattern.count where bytes[index + offset] != pattern[offset] {
                        index += 1
                        continue search
                    }
                    return index
                }
                return nil
            }
        }
    }
}
