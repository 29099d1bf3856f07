extension Words {
    static let german = [
        "greeting": "Hallo{{#name}} {{name}}{{/name}},",

        "account.administrator": "Ihre Administration",
        "account.code": "Wo ein Formular nach dem Code selbst fragt, lautet er:",
        "account.choose": "Passwort wählen",

        "account.passwordReset.subject": "Neues Passwort setzen",
        "account.passwordReset.opening": "Sie, oder jemand, der Ihre Adresse kennt, hat ein neues Passwort angefordert.",
        "account.passwordReset.closing":
            "Der Link gilt einmal und eine Stunde lang. Wenn Sie ihn nicht angefordert haben, tun Sie nichts: "
            + "Ihr Passwort bleibt, wie es ist.",

        "account.confirmation.subject": "Bestätigen Sie Ihre E-Mail-Adresse",
        "account.confirmation.opening":
            "Jemand, hoffentlich Sie, hat mit dieser Adresse ein Konto angelegt. "
            + "Melden Sie sich mit dessen Passwort an, um zu bestätigen, dass sie Ihnen gehört.",
        "account.confirmation.button": "Adresse bestätigen",
        "account.confirmation.closing":
            "Der Link gilt einmal und drei Tage lang. Wenn Sie kein Konto angelegt haben, tun Sie nichts: Es bleibt unbestätigt.",

        "account.invitation.subject": "Sie sind eingeladen{{#organization}}: {{organization}}{{/organization}}",
        "account.invitation.ask": "{{inviter}} lädt Sie ein. Melden Sie sich an, um anzunehmen; bis dahin ändert sich nichts.",
        "account.invitation.unproven":
            "{{inviter}} lädt Sie ein. Mit Ihrer Adresse wurde schon ein Konto angelegt, das niemand bestätigt hat: "
            + "Wählen Sie ein eigenes Passwort; es ersetzt jedes, das dort gesetzt wurde.",
        "account.invitation.new": "{{inviter}} hat ein Konto für Sie angelegt. Wählen Sie ein Passwort, um es zu öffnen.",
        "account.invitation.accept": "Einladung annehmen",
        "account.invitation.closing": "Der Link gilt einmal und sieben Tage lang. Wenn Sie nicht beitreten möchten, tun Sie nichts.",

        "interview.phone": "Telefoninterview",
        "interview.video": "Videointerview",
        "interview.onsite": "Gespräch vor Ort",
        "interview.technical": "Fachgespräch",
        "interview.behavioral": "Persönliches Gespräch",
        "interview.panel": "Gespräch mit mehreren",
        "interview.subject": "{{kind}}: {{job}} bei {{company}}",
        "interview.changed": "Geändert: {{subject}}",
        "interview.canceled": "Abgesagt: {{subject}}",
        "interview.invited": "Sie sind zu einem Gespräch eingeladen: {{job}} bei {{company}}.",
        "interview.calledOff": "das Gespräch ist abgesagt: {{job}} bei {{company}}.",
        "interview.when": "Wann",
        "interview.time": "{{time}} (UTC), {{minutes}} Minuten",
        "interview.where": "Wo",
        "interview.join": "Teilnehmen",

        "erasure.subject": "Ihr Konto wird am {{day}} gelöscht",
        "erasure.opening":
            "Sie, oder jemand, der Ihr Passwort kennt, hat darum gebeten, Ihr Konto und alles zu löschen, was wir über Sie speichern. "
            + "Das lässt sich nicht rückgängig machen.",
        "erasure.when": "Wann",
        "erasure.receipt": "Nummer des Belegs",
        "erasure.keep": "Wenn Sie das Konto behalten möchten, melden Sie sich vor diesem Tag an und nehmen Sie die Löschung zurück.",
        "erasure.signIn": "Anmelden",
        "erasure.closing": "Wenn Sie nicht darum gebeten haben, nehmen Sie die Löschung zurück und wählen Sie ein anderes Passwort.",

        "notification.why": "Sie bekommen dies als E-Mail, weil Ihre Einstellungen für Benachrichtigungen es so vorsehen.",

        "alarm.switchedOff.title": "Die Regel „{{rule}}“ wurde abgeschaltet",
        "alarm.switchedOff.advice":
            "Sie läuft nicht, bis Sie eine neue Version veröffentlichen oder zu einer früheren zurückkehren.",
        "alarm.paused.title": "Die Regel „{{rule}}“ ist angehalten",
        "alarm.paused.advice":
            "Sie läuft weiter, aber was sie tun würde, wartet. Geben Sie es frei oder verwerfen Sie es, und setzen Sie die Regel fort.",
        "alarm.shadowEnded.title": "Die Regel „{{rule}}“ läuft nicht mehr im Schatten",
        "alarm.shadowEnded.advice": "Die laufende Version ist nicht betroffen.",
        "alarm.error": "Der letzte Fehler: {{error}}",
        "alarm.open": "Regel öffnen",
    ]
}
