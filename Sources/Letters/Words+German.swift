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

        "address.button": "Diese Adresse verwenden",
        "address.link.subject": "Bestätigen Sie Ihre neue E-Mail-Adresse",
        "address.link.opening":
            "{{address}} soll die Adresse eines Kontos hier werden. Melden Sie sich dort an, um zu bestätigen, dass es Ihres ist.",
        "address.link.closing":
            "Der Link gilt einmal und einen Tag lang. Wenn Sie ihn nicht angefordert haben, tun Sie nichts: Es ändert sich nichts.",
        "address.asked.subject": "Ihre E-Mail-Adresse soll sich ändern",
        "address.asked.opening": "jemand, der Ihr Passwort kennt, möchte {{address}} zur Adresse Ihres Kontos machen.",
        "address.asked.closing":
            "Wenn Sie das nicht waren, setzen Sie jetzt ein neues Passwort. Solange der Link in der Mail an die neue Adresse nicht "
            + "verwendet wurde, ändert sich nichts.",
        "address.changed.subject": "Ihre E-Mail-Adresse hat sich geändert",
        "address.changed.opening": "Ihr Konto hat jetzt die Adresse {{address}}. Mails dazu gehen von nun an dorthin.",
        "address.changed.closing": "Wenn Sie das nicht waren, wenden Sie sich sofort an Ihre Administration.",

        "account.invitation.subject": "Sie sind eingeladen{{#organization}}: {{organization}}{{/organization}}",
        "account.invitation.ask": "{{inviter}} lädt Sie ein. Melden Sie sich an, um anzunehmen; bis dahin ändert sich nichts.",
        "account.invitation.unproven":
            "{{inviter}} lädt Sie ein. Mit Ihrer Adresse wurde schon ein Konto angelegt, das niemand bestätigt hat: "
            + "Wählen Sie ein eigenes Passwort; es ersetzt jedes, das dort gesetzt wurde.",
        "account.invitation.new": "{{inviter}} hat ein Konto für Sie angelegt. Wählen Sie ein Passwort, um es zu öffnen.",
        "account.invitation.accept": "Einladung annehmen",
        "account.candidateInvitation.subject": "{{organization}} möchte mit Ihnen in Verbindung bleiben",
        "account.candidateInvitation.ask":
            "{{inviter}} führt Sie als Bewerberin oder Bewerber. Melden Sie sich an, um das mit Ihrem Konto zu verbinden; bis dahin ändert "
            + "sich nichts.",
        "account.candidateInvitation.new":
            "{{inviter}} führt Sie als Bewerberin oder Bewerber. Wählen Sie ein Passwort für ein eigenes Konto: Dort sehen Sie Ihre "
            + "Bewerbungen, berichtigen Ihre Daten und bestimmen, wer sie sieht.",
        "account.candidateInvitation.closing": "Der Link gilt einmal und sieben Tage lang. Wenn Sie kein Konto möchten, tun Sie nichts.",
        "account.tenant": "Der Code Ihrer Organisation für die Anmeldung ist {{code}}.",
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
        "interview.dayAhead": "Morgen: {{subject}}",
        "interview.hourAhead": "In einer Stunde: {{subject}}",
        "interview.candidate.invited": "Sie sind zu einem Gespräch eingeladen: {{job}} bei {{company}}.",
        "interview.candidate.changed": "Ihr Gespräch hat sich geändert: {{job}} bei {{company}}. So ist es jetzt geplant:",
        "interview.candidate.canceled": "Ihr Gespräch ist abgesagt: {{job}} bei {{company}}.",
        "interview.candidate.reminded": "bald ist Ihr Gespräch: {{job}} bei {{company}}.",
        "interview.interviewer.invited": "Sie führen ein Gespräch mit {{candidate}}: {{job}} bei {{company}}.",
        "interview.interviewer.changed":
            "das Gespräch mit {{candidate}} hat sich geändert: {{job}} bei {{company}}. So ist es jetzt geplant:",
        "interview.interviewer.canceled": "das Gespräch mit {{candidate}} ist für Sie abgesagt: {{job}} bei {{company}}.",
        "interview.interviewer.reminded": "bald ist Ihr Gespräch mit {{candidate}}: {{job}} bei {{company}}.",
        "interview.somebody": "jemandem",
        "interview.when": "Wann",
        "interview.duration": "Dauer",
        "interview.minutes": "{{minutes}} Minuten",
        "interview.where": "Wo",
        "interview.join": "Teilnehmen",
        "interview.applicant": "Bewerber oder Bewerberin",
        "interview.with": "Sie sprechen mit",
        "interview.together": "Gemeinsam mit",
        "interview.prepare": "Zur Vorbereitung",
        "interview.preparation": "Das wurde der Bewerberin oder dem Bewerber mitgeteilt",
        "interview.answer": "Auf die Einladung antworten",
        "interview.answering": "Dort können Sie zusagen, absagen oder sagen, dass Sie noch nicht sicher sind.",
        "interview.contact": "Wenn Sie auf diese Mail antworten, liest {{name}} die Antwort.",

        "letter.applied.subject": "Ihre Bewerbung: {{job}} bei {{company}}",
        "letter.applied.body":
            "Hallo {{candidate}},\n\nvielen Dank für Ihre Bewerbung: {{job}} bei {{company}}. Sie ist angekommen, und wir lesen sie bald.",
        "letter.moved.subject": "Neues zu Ihrer Bewerbung: {{job}} bei {{company}}",
        "letter.moved.body": "Hallo {{candidate}},\n\nIhre Bewerbung ist einen Schritt weiter: {{job}} bei {{company}}, {{stage}}.",
        "letter.invited.subject": "Ein Gespräch: {{job}} bei {{company}}",
        "letter.invited.body": "Hallo {{candidate}},\n\nSie sind zu einem Gespräch eingeladen: {{job}} bei {{company}}.",
        "letter.offered.subject": "Ein Angebot: {{job}} bei {{company}}",
        "letter.offered.body":
            "Hallo {{candidate}},\n\nwir hätten Sie gern bei uns und haben Ihnen ein Angebot gemacht: {{job}} bei {{company}}.\n\n"
            + "Es gilt bis {{expires}}. Melden Sie sich an, um es zu lesen und zu beantworten.",
        "letter.rejected.subject": "Ihre Bewerbung: {{job}} bei {{company}}",
        "letter.rejected.body":
            "Hallo {{candidate}},\n\nvielen Dank für Ihr Interesse und die Zeit, die Sie uns geschenkt haben: {{job}} bei {{company}}. "
            + "Wir haben uns für andere entschieden.\n\nWir wünschen Ihnen alles Gute.",
        "letter.hired.subject": "Willkommen bei {{company}}",
        "letter.hired.body":
            "Hallo {{candidate}},\n\nes ist entschieden: Sie haben die Stelle. {{job}} bei {{company}}, wir freuen uns auf die Zusammenarbeit.",
        "letter.example.stage": "Kennenlernen",

        "team.added": "Sie gehören jetzt zum Einstellungsteam von {{job}} bei {{company}}: {{role}}.",
        "team.recruiter": "Recruiting",
        "team.coordinator": "Koordination",
        "team.hiringManager": "Fachverantwortung",
        "team.interviewer": "Interview",

        "approval.asked": "{{name}} bittet um Ihre Freigabe für {{what}}: {{job}}.",
        "approval.nobody": "Eine Regel",
        "approval.job": "eine Stelle vor der Veröffentlichung",
        "approval.offer": "ein Angebot vor dem Versand",
        "approval.approved": "Freigegeben, {{what}}: {{job}}. Sie können fortfahren.",
        "approval.declined": "Abgelehnt, {{what}}: {{job}}. Der Grund steht bei der Freigabe.",

        "reply.withdrawn": "{{name}} hat die Bewerbung zurückgezogen: {{job}}.",
        "reply.accepted": "{{name}} hat das Angebot angenommen: {{job}}.",
        "reply.declined": "{{name}} hat das Angebot abgelehnt: {{job}}.",
        "reply.negotiating": "{{name}} möchte über das Angebot verhandeln: {{job}}.",
        "reply.interviewDeclined": "{{name}} hat abgesagt: {{interview}}",

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
