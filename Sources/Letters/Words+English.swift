extension Words {
    static let english = [
        "greeting": "Hello{{#name}} {{name}}{{/name}},",

        "account.administrator": "Your administrator",
        "account.code": "Where a form asks for the code itself, it is:",
        "account.choose": "Choose a password",

        "account.passwordReset.subject": "Set a new password",
        "account.passwordReset.opening": "You, or somebody who knows your address, asked for a new password.",
        "account.passwordReset.closing":
            "The link works once, within one hour. If you did not ask for it, do nothing: your password stays as it is.",

        "account.confirmation.subject": "Confirm your e-mail address",
        "account.confirmation.opening":
            "Someone, hopefully you, created an account with this address. Sign in with its password to confirm that it is yours.",
        "account.confirmation.button": "Confirm the address",
        "account.confirmation.closing":
            "The link works once, within three days. If you didn't create it, do nothing: it stays unconfirmed.",

        "address.button": "Use this address",
        "address.link.subject": "Confirm your new e-mail address",
        "address.link.opening":
            "{{address}} is to be the address of an account here. Sign in to the account to confirm that it is yours.",
        "address.link.closing": "The link works once, within one day. If you did not ask for it, do nothing: nothing changes.",
        "address.asked.subject": "Your e-mail address is about to change",
        "address.asked.opening": "somebody who knows your password asked that {{address}} become the address of your account.",
        "address.asked.closing":
            "If that was not you, set a new password now. Until the link in the mail to the new address is used, nothing changes.",
        "address.changed.subject": "Your e-mail address has changed",
        "address.changed.opening": "your account now has the address {{address}}. Mail about it goes there from now on.",
        "address.changed.closing": "If that was not you, write to your administrator at once.",

        "account.invitation.subject": "You are invited{{#organization}} to join {{organization}}{{/organization}}",
        "account.invitation.ask": "{{inviter}} invites you. Sign in to accept; until then nothing changes.",
        "account.invitation.unproven":
            "{{inviter}} invites you. Somebody has already made an account with your address, which was never confirmed: "
            + "choose a password of your own, which replaces theirs.",
        "account.invitation.new": "{{inviter}} has made an account for you. Choose a password to activate it.",
        "account.invitation.accept": "Accept the invitation",
        "account.candidateInvitation.subject": "{{organization}} would like to stay in touch with you",
        "account.candidateInvitation.ask":
            "{{inviter}} keeps your details as a candidate. Sign in to make them part of your account; until then nothing changes.",
        "account.candidateInvitation.new":
            "{{inviter}} keeps your details as a candidate. Choose a password for an account of your own: you see your applications there, "
            + "correct what is kept about you, and decide who sees it.",
        "account.candidateInvitation.closing": "The link works once, within seven days. If you don't want an account, do nothing.",
        "account.tenant": "Your organization's code for signing in is {{code}}.",
        "account.invitation.closing": "The link works once, within seven days. If you don't want to join, do nothing.",

        "interview.phone": "Phone interview",
        "interview.video": "Video interview",
        "interview.onsite": "Onsite interview",
        "interview.technical": "Technical interview",
        "interview.behavioral": "Behavioral interview",
        "interview.panel": "Panel interview",
        "interview.subject": "{{kind}}: {{job}} at {{company}}",
        "interview.changed": "Changed: {{subject}}",
        "interview.canceled": "Canceled: {{subject}}",
        "interview.dayAhead": "Tomorrow: {{subject}}",
        "interview.hourAhead": "In an hour: {{subject}}",
        "interview.candidate.invited": "you are invited to an interview for {{job}} at {{company}}.",
        "interview.candidate.changed": "your interview for {{job}} at {{company}} has changed. This is how it is now:",
        "interview.candidate.canceled": "your interview for {{job}} at {{company}} is canceled.",
        "interview.candidate.reminded": "your interview for {{job}} at {{company}} is coming up.",
        "interview.interviewer.invited": "you are to interview {{candidate}} for {{job}} at {{company}}.",
        "interview.interviewer.changed": "the interview with {{candidate}} for {{job}} at {{company}} has changed. This is the plan now:",
        "interview.interviewer.canceled": "the interview with {{candidate}} for {{job}} at {{company}} is canceled for you.",
        "interview.interviewer.reminded": "your interview with {{candidate}} for {{job}} at {{company}} is coming up.",
        "interview.somebody": "an applicant",
        "interview.when": "When",
        "interview.duration": "Duration",
        "interview.minutes": "{{minutes}} minutes",
        "interview.where": "Where",
        "interview.join": "Join",
        "interview.applicant": "Candidate",
        "interview.with": "You will meet",
        "interview.together": "Together with",
        "interview.prepare": "How to prepare",
        "interview.preparation": "What the candidate was told",
        "interview.answer": "Answer the invitation",
        "interview.answering": "There you can accept, decline, or say that you are not sure.",
        "interview.contact": "If you answer this mail, {{name}} reads it.",

        "letter.applied.subject": "Your application for {{job}} at {{company}}",
        "letter.applied.body":
            "Hello {{candidate}},\n\nthank you for your application for {{job}} at {{company}}. It has arrived, and we will read it soon.",
        "letter.moved.subject": "News of your application for {{job}} at {{company}}",
        "letter.moved.body": "Hello {{candidate}},\n\nyour application for {{job}} at {{company}} is one step further: {{stage}}.",
        "letter.invited.subject": "An interview for {{job}} at {{company}}",
        "letter.invited.body": "Hello {{candidate}},\n\nyou are invited to an interview for {{job}} at {{company}}.",
        "letter.offered.subject": "An offer for {{job}} at {{company}}",
        "letter.offered.body":
            "Hello {{candidate}},\n\nwe would be glad to have you with us, and have made you an offer for {{job}} at {{company}}.\n\n"
            + "It is open until {{expires}}. Sign in to read and answer it.",
        "letter.rejected.subject": "Your application for {{job}} at {{company}}",
        "letter.rejected.body":
            "Hello {{candidate}},\n\nthank you for your interest in {{job}} at {{company}}, and for the time that you gave us. "
            + "We have decided to go on with other candidates.\n\nWe wish you all the best.",
        "letter.hired.subject": "Welcome to {{company}}",
        "letter.hired.body":
            "Hello {{candidate}},\n\nit is settled: you have the position {{job}} at {{company}}. We are looking forward to working with you.",
        "letter.example.stage": "Getting to know each other",

        "team.added": "You are on the hiring team of {{job}} at {{company}} now: {{role}}.",
        "team.recruiter": "recruiter",
        "team.coordinator": "coordinator",
        "team.hiringManager": "hiring manager",
        "team.interviewer": "interviewer",

        "approval.asked": "{{name}} asks for your approval of {{what}}: {{job}}.",
        "approval.nobody": "A rule",
        "approval.job": "a job before it is published",
        "approval.offer": "an offer before it is made",
        "approval.approved": "Approved, {{what}}: {{job}}. You can go on.",
        "approval.declined": "Declined, {{what}}: {{job}}. The approval says why.",

        "reply.withdrawn": "{{name}} has withdrawn the application for {{job}}.",
        "reply.accepted": "{{name}} has accepted the offer for {{job}}.",
        "reply.declined": "{{name}} has declined the offer for {{job}}.",
        "reply.negotiating": "{{name}} would like to negotiate the offer for {{job}}.",
        "reply.interviewDeclined": "{{name}} has declined: {{interview}}",

        "erasure.subject": "Your account will be erased on {{day}}",
        "erasure.opening":
            "you, or somebody who knows your password, asked us to erase your account and everything we hold about you. This can't be undone.",
        "erasure.when": "When",
        "erasure.receipt": "Receipt number",
        "erasure.keep": "If you want to keep your account, sign in before that day and take the request back.",
        "erasure.signIn": "Sign in",
        "erasure.closing": "If you did not ask for this, take the request back and choose another password.",

        "notification.why": "You receive this mail because of your notification preferences.",

        "alarm.switchedOff.title": "The rule \"{{rule}}\" was switched off",
        "alarm.switchedOff.advice": "It does not run until you publish a new version or roll back to an earlier one.",
        "alarm.paused.title": "The rule \"{{rule}}\" is paused",
        "alarm.paused.advice":
            "It still runs, but its effects wait. Release or discard them, and resume the rule.",
        "alarm.shadowEnded.title": "The rule \"{{rule}}\" no longer runs in shadow",
        "alarm.shadowEnded.advice": "The live version is not affected.",
        "alarm.error": "The last error: {{error}}",
        "alarm.open": "Open the rule",
    ]
}
