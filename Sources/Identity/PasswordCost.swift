/// The cost of hashing a password: KiB of memory, passes over it, lanes.
package struct PasswordCost: Sendable {
    let memory: UInt32
    let passes: UInt32
    let lanes: UInt32

    /// The second choice of OWASP's password storage cheat sheet: 19 MiB, two passes, one lane.
    package static let standard = PasswordCost(memory: 19_456, passes: 2, lanes: 1)

    package init(memory: UInt32, passes: UInt32, lanes: UInt32) {
        self.memory = memory
        self.passes = passes
        self.lanes = lanes
    }

    /// As it is written in an encoded hash.
    var text: String { "m=\(memory),t=\(passes),p=\(lanes)" }

    init?(_ text: Substring) {
        let values = text.split(separator: ",").compactMap { UInt32($0.dropFirst(2)) }
        guard values.count == 3 else { return nil }
        self.init(memory: values[0], passes: values[1], lanes: values[2])
        guard self.text == text else { return nil }
    }
}
