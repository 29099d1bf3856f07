import Mustache

/// The look of every letter: as text, and as a page that mail programs show.
enum LetterTemplates {
    static let text = template(
        """
        {{% CONTENT_TYPE:TEXT}}
        {{#blocks}}
        {{#paragraph}}{{text}}{{/paragraph}}{{#heading}}{{text}}{{/heading}}{{#button}}{{url}}{{/button}}{{#code}}{{caption}}

        {{text}}{{/code}}{{#facts}}{{#lines}}{{label}}: {{value}}
        {{/lines}}{{/facts}}{{#aside}}{{text}}{{/aside}}

        {{/blocks}}
        --\u{20}
        {{tenant}}

        """
    )

    static let html = template(
        """
        {{% CONTENT_TYPE:HTML}}
        <!doctype html>
        <html lang="{{language}}">
        <body style="margin:0;padding:24px;font-family:sans-serif;font-size:16px;line-height:1.5;color:#1f2933;background:#f5f7fa">
        <div style="max-width:560px;margin:0 auto;padding:24px;background:#ffffff;border-radius:8px">
        {{#hasLogo}}
        <p><img src="{{logo}}" alt="{{tenant}}" style="max-width:200px;max-height:64px"></p>
        {{/hasLogo}}
        {{#blocks}}
        {{#paragraph}}
        <p style="white-space:pre-line">{{text}}</p>
        {{/paragraph}}
        {{#heading}}
        <p><strong>{{text}}</strong></p>
        {{/heading}}
        {{#button}}
        <p><a href="{{url}}" style="display:inline-block;padding:12px 20px;color:#ffffff;background:#1d4ed8;border-radius:6px">{{text}}</a></p>
        {{/button}}
        {{#code}}
        <p>{{caption}}<br><code style="word-break:break-all">{{text}}</code></p>
        {{/code}}
        {{#facts}}
        <table style="border-collapse:collapse">
        {{#lines}}
        <tr><td style="padding:4px 16px 4px 0;color:#52606d">{{label}}</td><td style="padding:4px 0;word-break:break-word">{{value}}</td></tr>
        {{/lines}}
        </table>
        {{/facts}}
        {{#aside}}
        <p style="color:#52606d">{{text}}</p>
        {{/aside}}
        {{/blocks}}
        </div>
        <p style="max-width:560px;margin:16px auto 0;color:#52606d;font-size:14px">{{tenant}}</p>
        </body>
        </html>

        """
    )

    /// A test checks that these parse: without them no letter can be written.
    private static func template(_ text: String) -> MustacheTemplate {
        do { return try MustacheTemplate(string: text) } catch { preconditionFailure("a letter's template can't be read: \(error)") }
    }
}
