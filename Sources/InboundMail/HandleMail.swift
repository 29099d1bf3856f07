import Applications
import Documents
import Foundation
import Kernel
import Outbox
import Postgres

/// Reads a mail that came in and does what it is for. Repeating it changes nothing more.
struct HandleMail: Work {
    static let name = "inboundMail.handle"
    static let lane = Lane.heavy
    let mail: Identifier<InboundMessage>
}

enum InboundOutcome: String, SQLEncodable {
    /// It said something that counts.
    case used
    /// It said nothing, or nothing that may count: a stranger's, a stale or a wrong answer, a delay.
    case ignored
    case unreadable
}

extension InboundMail {
    func handle(_ work: HandleMail, as system: SystemActor) async throws {
        guard let row = try await store.query(as: system, InboundQueries.waiting(work.mail, tenant: system.tenant)).first,
            let kind = Mailbox.Kind(rawValue: try row("kind"))
        else { return }
        let mailbox = Mailbox(kind, try row("mailbox"), of: system.tenant)
        let outcome = try await outcome(of: try row("content"), at: mailbox, as: system)
        _ = try await store.query(as: system, InboundQueries.finish(work.mail, outcome, tenant: system.tenant, now: store.clock.now()))
    }

    private func outcome(of content: Data, at mailbox: Mailbox, as system: SystemActor) async throws -> InboundOutcome {
        guard let mail = try await read(content, at: mailbox) else { return .unreadable }
        var isUsed = false
        switch mailbox.kind {
        case .bounce:
            for failure in mail.failures.compactMap(DeliveryFailure.init) {
                let counts = try await outbox.bounced(Identifier(mailbox.id), failure, as: system)
                isUsed = isUsed || counts
            }
        case .interview:
            for reply in mail.replies.compactMap(CalendarReply.init) {
                let counts = try await applications.answer(reply, at: mailbox.id, by: system)
                isUsed = isUsed || counts
            }
        }
        return isUsed ? .used : .ignored
    }

    /// Nil for what no other attempt could read.
    private func read(_ content: Data, at mailbox: Mailbox) async throws(DocumentError) -> ReadMail? {
        let owner = DocumentOwner(tenant: mailbox.tenant.uuid, person: mailbox.id)
        do throws(DocumentError) {
            return try await documents.mail(content, for: owner)
        } catch {
            guard !error.isTemporary else { throw error }
            return nil
        }
    }
}

extension DeliveryFailure {
    /// Nil unless the mail server has given up (RFC 3464, 2.3.3).
    fileprivate init?(_ failure: ReadMail.Failure) {
        guard failure.action?.lowercased() == "failed", let status = failure.status?.prefix(while: { !$0.isWhitespace }) else { return nil }
        self.init(recipient: failure.recipient, status: String(status), reason: failure.diagnostic)
    }
}

extension CalendarReply {
    /// Somebody who proposes another time (`COUNTER`) answers too.
    fileprivate init?(_ reply: ReadMail.Reply) {
        let answers: [String: InterviewReply] = ["ACCEPTED": .accepted, "DECLINED": .declined, "TENTATIVE": .tentative]
        let isCounter = reply.method == "COUNTER"
        guard isCounter || reply.method == "REPLY", let answer = answers[reply.status], let uid = reply.uid, let attendee = reply.attendee
        else { return nil }
        let start = reply.start.map { Date(timeIntervalSince1970: Double($0)) }
        let proposal = isCounter ? start.map { "Proposes \(Timestamp.text($0))." } : nil
        let comment = [reply.comment, proposal].compactMap { $0?.isEmpty == false ? $0 : nil }.joined(separator: "\n")
        self.init(
            uid: uid,
            sequence: reply.sequence,
            attendee: attendee,
            answer: isCounter ? .tentative : answer,
            comment: comment.isEmpty ? nil : comment,
            stamp: reply.stamp.map { Date(timeIntervalSince1970: Double($0)) },
            startsAt: isCounter ? nil : start
        )
    }
}
