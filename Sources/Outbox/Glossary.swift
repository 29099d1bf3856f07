package import Kernel

extension Outbox {
    package static let glossary = Glossary(
        """
        mail | The letter.
        mailBounce | That mail to the address came back; null if none did, or the address was confirmed since.
        nextAttemptAt | When it is tried again; null if it isn't.
        recipients | To whom it goes.
        sentAt | When it was handed on; null before.
        MailState.waiting | Waits to be sent.
        MailState.failing | Failed, and is tried again.
        MailState.sent | Was handed to the mail server.
        MailState.dead | Failed for good.
        MailState.bounced | Came back, or was kept back because earlier mail to the address had.
        MailState.dropped | Was not needed any more.
        MailBounce.isBlocked | Whether only mail that its reader asks for is still sent.
        MailBounce.lastAt | When the last mail came back.
        MailBounce.reason | What the mail server said; null if nothing.
        MailBounce.status | The last mail's status code of RFC 3463, such as `5.1.1` for an unknown mailbox.
        MailBounced.isBlocked | Whether only mail that its reader asks for is still sent.
        MailBounced.status | The status code of RFC 3463.
        MailView.state | How far the letter came.
        MailView.subject | The letter's subject.
        """
    )
}
