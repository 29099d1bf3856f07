package import Kernel

extension Outbox {
    package var operations: [APIOperation] {
        [
            APIOperation(
                .get,
                "/admin/mail",
                "The tenant's mail, newest first: what was sent, what waits, what failed",
                access: .tenantAdmin,
                perform: list
            ),
            APIOperation(
                .post,
                "/admin/mail/{id}/retry",
                "Send a mail now that waits or that failed for the last time",
                access: .tenantAdmin,
                failures: [.mailNotFound, .mailNotStuck],
                perform: retry
            ),
        ].openToKeys(reading: .readMail, writing: .writeMail)
    }
}
