import ArgumentParser
import Foundation
import InboundMail
import Kernel
import Logging
import Outbox
import Postgres

struct ReceiveMail: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "receive-mail",
        abstract: "Take a mail from the mail server, on standard input.",
        discussion: """
            For Postfix's pipe(8), with one recipient at a time. The exit status is one of
            sysexits(3): 67 for an address that isn't known, 65 for a mail that is too
            large, and 75 if the mail is to be handed in again later, whatever the reason.
            """
    )

    @Option(help: "The envelope's sender; empty or <> for a bounce.")
    var sender = ""

    @Argument(help: "The envelope's recipient.")
    var recipient: String

    private enum Status {
        static let tooLarge = ExitCode(65)
        static let unknown = ExitCode(67)
        static let later = ExitCode(75)
    }

    func run() async throws {
        let receipt: MailSlot.Receipt
        do {
            receipt = try await take()
        } catch {
            complain("\(error)")
            throw Status.later
        }
        switch receipt {
        case .taken: return
        case .unknown:
            complain("no such address")
            throw Status.unknown
        case .tooLarge:
            complain("the mail is too large")
            throw Status.tooLarge
        case .busy:
            complain("too much mail in this hour")
            throw Status.later
        }
    }

    private func take() async throws -> MailSlot.Receipt {
        let settings = try Settings()
        guard let mailboxes = try settings.mailboxes() else { return .unknown }
        let content = try FileHandle.standardInput.read(upToCount: MailSlot.largest + 1) ?? Data()
        let logger = Logger.toStandardError(settings.logLevel)
        let pool = ConnectionPool(
            .init(url: settings.databaseURL, size: 1, preparedStatements: settings.preparedStatements),
            logger: logger
        )
        let slot = MailSlot(store: TenantStore(pool: pool, logger: logger), mailboxes: mailboxes)
        do {
            let receipt = try await slot.take(content, from: sender == "<>" ? "" : sender, to: recipient)
            await pool.close()
            return receipt
        } catch {
            await pool.close()
            throw error
        }
    }

    private func complain(_ words: String) { FileHandle.standardError.write(Data("tenure receive-mail: \(words)\n".utf8)) }
}
