import Foundation
import Identity
import Kernel
import Letters
import Notifications
import Postgres

/// Asks the approvers of a step, or tells who asked how it ended; in their language, and once, however often the work is repeated.
struct TellOfApproval: Work {
    static let name = "approvals.tell"
    static let lane = Lane.mail
    let event: Identifier<EventRecord>
}

extension Approvals {
    func tellOfApproval(_ work: TellOfApproval, as system: SystemActor) async throws {
        try await store.transaction(as: system) { tx in
            guard let row = try await tx.first(ApprovalQueries.event(work.event, tenant: tx.tenant)) else { return }
            let payload: JSON = try row.json("payload")
            let occasion = Occasion("\(work.event)", at: try row("occurred_at"))
            if try row("name") == ApprovalRequested.name {
                let fact = try Wire.decode(ApprovalRequested.self, from: payload.canonicalBytes).approval
                guard let approval = try await approval(fact.id, tx), approval.state == .pending, approval.step == fact.step else { return }
                let asker: String? =
                    if let id = approval.askedBy { try await identity.user(id, in: tx)?.name } else { nil }
                try await tell(try await approvers(of: approval, tx), "approval.asked", of: approval, by: asker, occasion, tx)
            } else {
                let fact = try Wire.decode(ApprovalDecided.self, from: payload.canonicalBytes).approval
                guard let approval = try await approval(fact.id, tx) else { return }
                try await tell(
                    [approval.askedBy].compactMap(\.self),
                    "approval.\(fact.state.rawValue)",
                    of: approval,
                    by: nil,
                    occasion,
                    tx
                )
            }
        }
    }

    private func approval(_ id: Identifier<Approval>, _ tx: TenantTransaction) async throws(Failure) -> Approval? {
        let row = try await tx.first(ApprovalQueries.approval(id, tenant: tx.tenant))
        return try reading { try row.map(Approval.init) }
    }

    private func tell(
        _ people: [Identifier<User>],
        _ words: String,
        of approval: Approval,
        by asker: String?,
        _ occasion: Occasion,
        _ tx: TenantTransaction
    ) async throws(Failure) {
        for (id, reader) in try await identity.correspondents(people, in: tx).sorted(by: { $0.key.description < $1.key.description }) {
            let language = reader.head.language
            let values = [
                "name": asker ?? Words.text("approval.nobody", in: language), "job": approval.title,
                "what": Words.text("approval.\(approval.kind.rawValue)", in: language),
            ]
            try await notifications.tellPlainly(
                .approval,
                Words.text(words, in: language, values),
                about: EventSubject("approval", approval.id),
                to: id,
                of: occasion,
                tx
            )
        }
    }
}
