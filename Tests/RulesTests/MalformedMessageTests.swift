import Glibc
import Kernel
import Testing

@testable import Rules

/// Talks to the process as no server would. It may answer or end with its own status; no signal may end it.
@Suite struct MalformedMessageTests {
    private static let load = RunnerProgram(
        key: "key",
        scripts: [.init(id: "rule", name: "rule", source: "on('e', function() find('job', '1') end)", grants: ["notify"])],
        modules: ["memo": "return {}"],
        vocabulary: Bench.vocabulary
    )

    private func isMalformed(_ bytes: [UInt8], after messages: [[UInt8]] = []) throws {
        let channel = try RunnerChannel(starting: Bench.executable)
        for message in messages {
            try channel.send(message)
            _ = try channel.receive(within: .seconds(10))
        }
        write(bytes, to: channel)
        shutdown(channel.descriptor, Int32(SHUT_WR))
        #expect(throws: RunnerEnd.exited(65)) { try channel.receive(within: .seconds(10)) }
        channel.shut(after: .exited(65))
    }

    /// A process that has ended may hang up in the middle.
    private func write(_ bytes: [UInt8], to channel: RunnerChannel) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes { send(channel.descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count <= 0 { return }
            sent += count
        }
    }

    private func frame(_ message: [UInt8]) -> [UInt8] { withUnsafeBytes(of: UInt32(message.count).bigEndian, Array.init) + message }

    @Test(arguments: [
        "not json", "[]", "{}", "{", "null", #""load""#, #"{"type":"run"}"#, #"{"type":"load"}"#, #"{"type":"dance"}"#, #"{"type":1}"#,
        #"{"type":null}"#, #"{"type":"answer","value":1}"#, #"{"type":"read","name":"find"}"#, #"{"type":"done"}"#,
        #"{"type":"load","type":"load"}"#, #"{"type":"run","event":{"a":1,"a":2}}"#, #"{"type":"reset"} {"type":"reset"}"#,
        #"{"type":"load\#u{0}"}"#, #"{"\u0000":1}"#, #"{"type":"\ud800"}"#, "\u{0}", "\u{FEFF}{}",
        #"{"type":"load","modules":{},"scripts":[{"id":"a"}],"entities":{},"functions":{},"reads":{},"limits":{}}"#,
        #"{"type":"load","modules":{"a":1},"scripts":[],"entities":{},"functions":{"f":1},"reads":{},"limits":{}}"#,
    ])
    func `a message that the protocol does not know ends the process with its own status`(message: String) throws {
        try isMalformed(frame(Array(message.utf8)))
    }

    @Test func `bytes that are not UTF-8 end it`() throws {
        try isMalformed(frame(Array(#"{"type":""#.utf8) + [0xC3, 0x28] + Array(#""}"#.utf8)))
    }

    @Test(arguments: [0, 1 << 21, 1 << 31, 0xFFFF_FFFF])
    func `an impossible length ends it`(length: Int) throws {
        try isMalformed(withUnsafeBytes(of: UInt32(truncatingIfNeeded: length).bigEndian, Array.init) + Array("{}".utf8))
    }

    @Test(arguments: [1, 3, 4, 5, 50]) func `a message that stops in the middle ends it`(length: Int) throws {
        try isMalformed(Array(frame(Self.load.message).prefix(length)))
    }

    @Test func `a message over the cap ends it`() throws {
        try isMalformed(frame(Array(repeating: UInt8(ascii: " "), count: RunnerChannel.messageLimit + 1)))
    }

    @Test(arguments: ["[", #"{"a":"#]) func `nesting without end ends it`(opening: String) throws {
        try isMalformed(frame(Array(String(repeating: opening, count: 150_000).utf8)))
    }

    @Test func `a message that comes twice, or unasked, ends it`() throws {
        let run = try #require(Bench.request(.on).message)
        try isMalformed(frame(Self.load.message) + frame(Self.load.message))
        try isMalformed(frame(run))
        try isMalformed(frame(RunnerAnswer.value(.null).message), after: [Self.load.message])
        // The process has asked a question; a run isn't an answer.
        try isMalformed(frame(run), after: [Self.load.message, run])
    }

    @Test func `it exits normally when the server hangs up`() throws {
        let channel = try RunnerChannel(starting: Bench.executable)
        shutdown(channel.descriptor, Int32(SHUT_WR))
        #expect(throws: RunnerEnd.exited(0)) { try channel.receive(within: .seconds(10)) }
        channel.shut(after: .exited(0))
    }

    @Test(arguments: [false, true]) func `no member's wrong type is worse than malformed`(ofRun: Bool) throws {
        let run = try #require(Bench.request(.before).message)
        let message = try JSON(parsing: ofRun ? run : Self.load.message)
        for variant in message.damaged {
            let channel = try RunnerChannel(starting: Bench.executable)
            var end: RunnerEnd?
            do throws(RunnerEnd) {
                if ofRun {
                    try channel.send(Self.load.message)
                    _ = try channel.receive(within: .seconds(10))
                }
                try channel.send(variant.canonicalBytes)
                _ = try channel.receive(within: .seconds(10))
            } catch {
                #expect(error == .exited(65), "\(variant)")
                end = error
            }
            channel.shut(after: end)
        }
    }
}

extension JSON {
    /// This value with each of its members, at any depth, replaced by each other type and left out.
    fileprivate var damaged: [JSON] {
        let others: [JSON] = [.null, true, -1, .integer(.max), .number(0.5), "x", [], ["x"], [1], [:], ["x": 1], ["x": ["x": 1]]]
        switch self {
        case .object(let members):
            return others
                + members.flatMap { name, value -> [JSON] in
                    var without = members
                    without[name] = nil
                    return [.object(without)] + value.damaged.map { .object(members.merging([name: $0]) { _, new in new }) }
                }
        case .array(let elements):
            return others
                + elements.indices.flatMap { index in
                    elements[index].damaged.map { value -> JSON in
                        var changed = elements
                        changed[index] = value
                        return .array(changed)
                    }
                }
        default: return others
        }
    }
}
