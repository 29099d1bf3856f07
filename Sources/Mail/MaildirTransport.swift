import Foundation
import Glibc

/// Stores mail in a Maildir, which any mail reader opens: a message is complete and on the disk before its name appears in `new`.
package struct MaildirTransport: MailTransport {
    private let maildir: Maildir
    private let sender: MailAddress

    package init(directory: String, from sender: MailAddress) throws(MailError) {
        maildir = try Maildir(directory)
        self.sender = sender
    }

    package func send(_ message: MailMessage) async throws(MailError) {
        // As a mail server does when it delivers (RFC 5321, 4.4).
        let head = message.returnPath.map { "Return-Path: <\($0.address)>\r\n" } ?? ""
        try await maildir.deliver(Data(head.utf8) + message.rendered(from: sender))
    }
}

private actor Maildir {
    private let executor = QueueExecutor(label: "maildir")
    private let directory: String
    private let host: String
    private var delivered = 0

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(_ directory: String) throws(MailError) {
        self.directory = directory
        host = ProcessInfo.processInfo.hostName.replacing("/", with: "\\057").replacing(":", with: "\\072")
        do {
            for part in ["tmp", "new", "cur"] {
                try FileManager.default.createDirectory(
                    atPath: "\(directory)/\(part)",
                    withIntermediateDirectories: true,
                    attributes: [.posixPermissions: 0o700]
                )
            }
        } catch {
            throw MailError(.misconfigured, "the mail directory \(directory) cannot be created: \(error)")
        }
    }

    func deliver(_ data: Data) throws(MailError) {
        let name = nextName()
        let draft = "\(directory)/tmp/\(name)"
        do throws(MailError) {
            try write(data, to: draft)
            guard rename(draft, "\(directory)/new/\(name)") == 0 else { throw failure("rename") }
            try syncDirectory("\(directory)/new")
        } catch {
            unlink(draft)
            throw error
        }
    }

    // Seconds, microseconds, process, count: what the Maildir format asks for to be unique on a host.
    private func nextName() -> String {
        delivered += 1
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        return "\(now.tv_sec).M\(now.tv_nsec / 1000)P\(getpid())Q\(delivered).\(host)"
    }
}

private func write(_ data: Data, to path: String) throws(MailError) {
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw failure("open") }
    defer { close(file) }
    var rest = data[...]
    while !rest.isEmpty {
        let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { throw failure("write") }
        rest = rest.dropFirst(count)
    }
    guard fsync(file) == 0 else { throw failure("fsync") }
}

private func syncDirectory(_ path: String) throws(MailError) {
    let directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard directory >= 0 else { throw failure("open") }
    defer { close(directory) }
    guard fsync(directory) == 0 else { throw failure("fsync") }
}

// A full disk is cleaned up sooner or later: the mail waits.
private func failure(_ call: String) -> MailError {
    MailError(.temporary, "maildir: \(call): \(String(cString: strerror(errno)))")
}
