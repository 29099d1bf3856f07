import Testing

@testable import Letters

@Suite struct LettersTests {
    private static let letter = Letter(
        .words("account.invitation.subject", ["organization": "Acme\nBcc: all@example.com"]),
        [
            .paragraph(.words("greeting", ["name": "<b>Ada</b> {{tenant}}"])),
            .heading(.quoted("Heading")),
            .button(.words("account.choose"), url: "https://jobs.example.com/reset-password#token=a&tenant=\"b\""),
            .code(.words("account.code"), "pr_code"),
            .facts([(.words("interview.when"), .quoted("today")), (.words("interview.where"), .quoted("here & there"))]),
            .paragraph(.quoted("one\ntwo")),
            .aside(.words("notification.why")),
        ]
    )

    @Test func `a letter says the same as text and as a page`() {
        let written = Self.letter.written(on: Letterhead(tenant: "Acme & Sons"))
        #expect(
            written.text == """
                Hello <b>Ada</b> {{tenant}},

                Heading

                https://jobs.example.com/reset-password#token=a&tenant="b"

                Where a form asks for the code itself, it is:

                pr_code

                When: today
                Where: here & there


                one
                two

                You receive this mail because of your notification preferences.

                --\u{20}
                Acme & Sons

                """
        )
        for part in [
            #"<html lang="en">"#, "<p style=\"white-space:pre-line\">Hello &lt;b&gt;Ada&lt;/b&gt; {{tenant}},</p>",
            "<p><strong>Heading</strong></p>",
            #"href="https://jobs.example.com/reset-password#token=a&amp;tenant=&quot;b&quot;""#, ">Choose a password</a>", "pr_code</code>",
            "here &amp; there</td>", "one\ntwo</p>", "Acme &amp; Sons</p>",
        ] {
            #expect(written.html.contains(part), "\(part)\n\(written.html)")
        }
        #expect(!written.html.contains("<img") && !written.html.contains("<b>"))
    }

    @Test func `a subject is one line`() {
        #expect(Self.letter.written(on: Letterhead(tenant: "A")).subject == "You are invited to join Acme Bcc: all@example.com")
    }

    @Test func `the tenant's logo and language show`() {
        let head = Letterhead(tenant: "Acme", logoURL: "https://cdn.example.com/logo.png?a=1&b=2", language: .german)
        let written = Self.letter.written(on: head)
        #expect(written.html.contains(#"<img src="https://cdn.example.com/logo.png?a=1&amp;b=2" alt="Acme""#))
        #expect(written.html.contains(#"<html lang="de">"#) && written.text.hasPrefix("Hallo "))
        #expect(written.subject.hasPrefix("Sie sind eingeladen: Acme"))
    }

    @Test(arguments: Language.allCases)
    func `each language has all texts, with the same placeholders`(_ language: Language) {
        #expect(Set(language.words.keys) == Set(Words.english.keys))
        for (name, words) in language.words {
            #expect(Self.gaps(words) == Self.gaps(Words.english[name] ?? ""), "\(name)")
            #expect(!words.isEmpty)
        }
    }

    @Test(arguments: ["de": Language.german, "de-AT": .german, "DE": .german, "en-GB": .english])
    func `a language is known by its tag`(tag: String, language: Language) {
        #expect(Language(tag: tag) == language)
    }

    @Test func `a language without texts is not one`() {
        #expect(Language(tag: "fr-CA") == nil && Language(tag: "") == nil)
    }

    private static func gaps(_ words: String) -> Set<String> {
        Set(words.matches(of: /\{\{([^}]*)\}\}/).map { String($0.1) })
    }
}
