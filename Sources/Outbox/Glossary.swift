package import Kernel

extension Outbox {
    package static let glossary = Glossary(
        """
        mail | The letter.
        nextAttemptAt | When it is tried again; null if it isn't.
        recipients | To whom it goes.
        sentAt | When it was handed on; null before.
        MailState.waiting | Waits to be sent.
        MailState.failing | Failed, and is tried again.
        MailState.sent | Was handed to the mail server.
        MailState.dead | Failed for good.
        MailState.dropped | Was not needed any more.
        MailView.state | How far the letter came.
        MailView.subject | The letter's subject.
        """
    )
}
