import Foundation
import Testing

@testable import Documents

/// What a program can do behind the fence. Perl, which every Debian has, plays one that its input has taken over.
@Suite struct FenceTests {
    @Test(arguments: [
        ("reads a file of the machine", #"open(F, "<", "/etc/passwd") or refuse()"#),
        ("reads the server's environment", #"open(F, "<", "/proc/" . getppid() . "/environ") or refuse()"#),
        ("lists a folder", #"opendir(D, "/tmp") or refuse()"#),
        ("writes a file", #"open(F, ">", "/tmp/tenure-fence-$$") or refuse()"#),
        ("appends to a file", #"open(F, ">>", "/dev/null") or refuse()"#),
        ("removes a file", #"unlink("/tmp") or refuse()"#),
        ("starts a process", #"defined(fork()) or refuse()"#),
        ("becomes another program", #"no warnings; exec("/usr/bin/id") or 0 or refuse()"#),
        ("opens a connection", #"use Socket; socket(S, PF_INET, SOCK_STREAM, 0) or refuse()"#),
        ("opens a local socket", #"use Socket; socket(S, PF_UNIX, SOCK_STREAM, 0) or refuse()"#),
        ("ends another process", #"kill("KILL", getppid()) or refuse()"#),
        ("raises its limits", #"my $p = pack("QQ", 1e9, 1e9); syscall(160, 0, $p) == 0 or refuse()"#),
        ("traces a process", #"syscall(101, 16, int(getppid()), 0, 0) == 0 or refuse()"#),
        ("mounts", #"my ($n, $t, $f) = ("none", "/tmp", "tmpfs"); syscall(165, $n, $t, $f, 0, 0) == 0 or refuse()"#),
    ])
    func `nothing leaves it`(what: String, script: String) async throws {
        let program = "sub refuse { print 'refused'; exit } \(script); print 'done'"
        let output = try await Self.fence.run([["perl", "-e", program]], file: Self.file)
        #expect(String(decoding: output, as: UTF8.self) == "refused", "A program \(what).")
    }

    @Test func `a program sees the file, has no environment, and runs as a user of its own`() async throws {
        let seen = try await Self.fence.run(
            [["perl", "-e", "print join(',', map { \"$_=$ENV{$_}\" } keys %ENV), ' ', length(<STDIN>)"]],
            file: Self.file
        )
        #expect(String(decoding: seen, as: UTF8.self).hasPrefix("LC_ALL=C.UTF-8 "))
        let user = try await Self.fence.run([["id", "-u"]], file: Self.file)
        let own = getuid() == 0 ? "0" : "\(getuid())"
        #expect((String(decoding: user, as: UTF8.self) == own + "\n") == (getuid() != 0))
    }

    @Test func `the reader gets the tools' output and exit codes`() async throws {
        let script = #"open(A, "<&=3"); open(B, "<&=6"); print join("|", @ARGV, <A>, <B>)"#
        let output = try await Self.fence.run(
            [
                ["perl", "-e", "print 'one'; exit 3"], ["perl", "-e", "print STDERR 'two'; kill 'SEGV', $$; exit 4"],
                ["perl", "-e", script],
            ],
            file: Self.file
        )
        #expect(String(decoding: output, as: UTF8.self) == "3|4|one|two")
    }

    @Test func `time and output are limited for the reader and for tools`() async throws {
        var short = ExtractionLimits()
        short.wallSeconds = 1
        short.processorSeconds = 5
        await #expect(throws: DocumentError.tookTooLong) {
            try await Self.fence(short).run([["perl", "-e", "1 while 1"]], file: Self.file)
        }
        await #expect(throws: DocumentError.tookTooLong) {
            try await Self.fence(short).run([["perl", "-e", "1 while 1"], ["true"]], file: Self.file)
        }
        short.wallSeconds = 10
        short.processorSeconds = 1
        await #expect(throws: DocumentError.tookTooLong) {
            try await Self.fence(short).run([["perl", "-e", "1 while 1"]], file: Self.file)
        }
        short.outputBytes = 1000
        short.answerBytes = 1000
        let endless = ["perl", "-e", "print 'x' x 999 while 1"]
        await #expect(throws: DocumentError.expandsTooFar) { try await Self.fence(short).run([endless], file: Self.file) }
        // SIGXFSZ is 25.
        let ended = try await Self.fence(short).run([endless, ["echo"]], file: Self.file)
        #expect(String(decoding: ended, as: UTF8.self) == "153\n")
    }

    @Test func `nothing of it is left when its caller gives up`() async throws {
        let mark = UUID().uuidString
        let run = Task { try await Self.fence.run([["perl", "-e", "1 while 1", mark], ["true"]], file: Self.file) }
        try await Self.eventually { Self.isRunning(mark) }
        run.cancel()
        try await Self.eventually { !Self.isRunning(mark) }
        await #expect(throws: DocumentError.self) { try await run.value }
    }

    private static let file = ResumeFixture.path(of: "backend-engineer.pdf")
    private static let fence = fence(.standard)

    private static func fence(_ limits: ExtractionLimits) -> FencedProgram {
        FencedProgram(programs: ResumeFixture.programs, limits: limits)
    }

    private static func isRunning(_ mark: String) -> Bool {
        let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return processes.filter { Int($0) != nil }.contains { process in
            guard let words = FileManager.default.contents(atPath: "/proc/\(process)/cmdline") else { return false }
            return words.range(of: Data(mark.utf8)) != nil
        }
    }

    private static func eventually(_ condition: () -> Bool) async throws {
        let deadline = ContinuousClock.now + .seconds(10)
        while !condition() {
            try #require(ContinuousClock.now < deadline)
            try await Task.sleep(for: .milliseconds(20))
        }
    }
}
