/// Why a team's files can't be worked with, in words for whoever runs the command.
package struct FileTrouble: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}
