package import Kernel

extension Outbox {
    package var operations: [APIOperation] {
        [
            APIOperation(
                .get,
                "/admin/mail",
                "The tenant's mail, newest first: what was sent, what is waiting, what failed",
                access: .tenantAdmin,
                perform: list
            ),
            APIOperation(
                .post,
                "/admin/mail/{id}/retry",
                "Send a waiting mail, or one that failed for good, now",
                access: .tenantAdmin,
                failures: [.mailNotFound, .mailNotStuck],
                perform: retry
            ),
        ].openToKeys(reading: .readMail, writing: .writeMail)
    }
}
