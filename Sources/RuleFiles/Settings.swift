package import Variables

/// For those who keep their rules in files.
package enum TeamSettings {
    package static let key = Setting(
        optional: "TENURE_API_KEY",
        shown: "none, required there",
        "An API key of the tenant with the scope `rules:write`; for `replay-receipt` with `events:read` as well, since a receipt shows what "
            + "happened. An administrator of the tenant makes it in the console or with `POST /api/v1/enterprise/api-keys`, which shows it "
            + "once. Whoever has it can publish code that acts for the tenant: give it only to that program.",
        isSecret: true
    )

    package static let section = SettingsSection(
        "Commands for teams",
        opening:
            "A server reads none of these; `tenure rules push`, `pull` and `replay-receipt` do, wherever a team keeps its rules in git.",
        [key]
    )
}
