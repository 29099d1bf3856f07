import Configuration
import Foundation
import Synchronization

/// Reads settings from the environment, and remembers which.
package final class SettingsReader: Sendable {
    private let configuration: ConfigReader
    private let names = Mutex<Set<String>>([])

    package init(_ environment: [String: String] = ProcessInfo.processInfo.environment) {
        configuration = ConfigReader(provider: EnvironmentVariablesProvider(environmentVariables: environment))
    }

    /// Empty counts as not set.
    package func callAsFunction<Value>(_ setting: Setting<Value>) throws(SettingsError) -> Value {
        names.withLock { _ = $0.insert(setting.name) }
        let key = ConfigKey(setting.name.lowercased().split(separator: "_").map(String.init))
        let text = configuration.string(forKey: key, isSecret: setting.isSecret)
        do throws(SettingProblem) {
            return try setting.read(text.flatMap { $0.isEmpty ? nil : $0 })
        } catch {
            throw SettingsError(description: "\(setting.name): \(error)")
        }
    }

    package var namesRead: Set<String> { names.withLock(\.self) }
}

/// What keeps the program from starting with its settings.
package struct SettingsError: Error, CustomStringConvertible {
    package let description: String

    package init(description: String) {
        self.description = description
    }
}
