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

        "account.invitation.subject": "You are invited{{#organization}} to join {{organization}}{{/organization}}",
        "account.invitation.ask": "{{inviter}} invites you. Sign in to accept; until then nothing changes.",
        "account.invitation.unproven":
            "{{inviter}} invites you. Somebody has already made an account with your address, which was never confirmed: "
            + "choose a password of your own, which replaces theirs.",
        "account.invitation.new": "{{inviter}} has made an account for you. Choose a password to activate it.",
        "account.invitation.accept": "Accept the invitation",
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
        "interview.invited": "you are invited to an interview for {{job}} at {{company}}.",
        "interview.calledOff": "the interview for {{job}} at {{company}} is canceled.",
        "interview.when": "When",
        "interview.time": "{{time}} (UTC), {{minutes}} minutes",
        "interview.where": "Where",
        "interview.join": "Join",

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
