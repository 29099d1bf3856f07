package import Kernel

extension Notifications {
    package static let glossary = Glossary(
        """
        marked | How many were marked as read.
        readAt | When it was read; null before.
        unread | How many are not read yet.
        users | The accounts.
        NotificationKind.message | Somebody has something to tell.
        NotificationKind.approval | Something waits for a decision.
        NotificationKind.test | A test by the person.
        NotificationKind.* | A notification of the kind `%`.
        NotificationView.text | What happened, in a sentence.
        Notify.text | What to tell, in a sentence.
        Notify.role | Everybody with this role is told.
        Notify.user | This person is told.
        Notify.Audience.recruiter | Makes jobs and leads applications through their stages.
        Notify.Audience.hiringManager | Looks at applications, rates them and interviews.
        Notify.Audience.companyAdmin | Also manages the company, its members and offers.
        Notify.Audience.tenantAdmin | Manages the whole tenant: companies, accounts and rules.
        """
    )
}
