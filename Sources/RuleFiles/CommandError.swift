/// Why a command can't do what it was asked to, worded for the person who ran it.
package struct CommandError: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}
