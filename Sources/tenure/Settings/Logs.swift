import Logging
import Variables

extension Settings {
    enum Logs {
        static let level = Setting<Logger.Level>(
            "TENURE_LOG_LEVEL",
            or: .info,
            "`trace`, `debug`, `info`, `notice`, `warning`, `error` or `critical`."
        )
        static let format = Setting<LogFormat?>(
            "TENURE_LOG_FORMAT",
            or: nil,
            shown: "`text`, in production `json`",
            "One line each, on standard error."
        ) { text throws(SettingProblem) in try LogFormat.choice(text) }

        static let section = SettingsSection("Logs", [level, format])
    }
}
