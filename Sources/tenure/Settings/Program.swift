import Logging
import Variables

extension Settings {
    enum Program {
        static let environment = Setting<Environment>(
            "TENURE_ENVIRONMENT",
            or: .development,
            "`production` refuses weak settings at startup; the checklist is in [production.md](production.md)."
        )
        static let data = Setting(
            "TENURE_DATA",
            or: ".tenure",
            "Uploaded files (`blobs`), unfinished uploads, and mail that has no server yet (`mail`). Several servers share one such directory."
        )
        static let programs = Setting(
            optional: "TENURE_PROGRAMS",
            shown: "the folder of `tenure`",
            "Where to find the programs that the server starts: `rule-runner` for tenants' rules, `fence`, `document-reader`, `picture-reader` "
                + "and `mail-reader` for what strangers send."
        )
        static let migrations = Setting(
            "TENURE_MIGRATIONS",
            or: "Migrations",
            "The directory with the migrations, for `tenure migrate`."
        )
        static let logLevel = Setting<Logger.Level>(
            "TENURE_LOG_LEVEL",
            or: .info,
            "`trace`, `debug`, `info`, `notice`, `warning`, `error` or `critical`."
        )
        static let logFormat = Setting<LogFormat?>(
            "TENURE_LOG_FORMAT",
            or: nil,
            shown: "`text`, in production `json`",
            "One line each, on standard error."
        ) { text throws(SettingProblem) in try LogFormat.choice(text) }

        static let section = SettingsSection("The program", [environment, data, programs, migrations, logLevel, logFormat])
    }
}
