import Kernel
import Postgres

extension Notifications {
    func sendTest(_ input: NoInput, by admin: TenantAdmin) async throws(Failure) -> NotificationView {
        guard let user = admin.caller.user else { throw .forbidden }
        return try await store.transaction(as: admin) { tx in
            let message = Message(kind: .test, text: "This is a test. Notifications reach you.", about: nil)
            guard let row = try await tell(message, to: [user], tx).rows.first else { throw Failure.recipientUnknown }
            return try NotificationView(row)
        }
    }
}
