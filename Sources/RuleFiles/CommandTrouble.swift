/// Why a command can't do what it was asked to, in words for whoever gave it.
package struct CommandTrouble: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}
