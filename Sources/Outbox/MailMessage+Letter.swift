package import Foundation
package import Letters
package import Mail

extension MailMessage {
    package init(
        id: String,
        to recipients: [MailAddress],
        _ letter: WrittenLetter,
        replyTo: MailAddress? = nil,
        calendar: CalendarInvite? = nil,
        date: Date = Date()
    ) {
        self.init(
            id: id,
            to: recipients,
            subject: letter.subject,
            text: letter.text,
            html: letter.html,
            replyTo: replyTo,
            calendar: calendar,
            date: date
        )
    }
}
