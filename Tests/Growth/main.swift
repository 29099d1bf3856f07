import Foundation

/// Callgrind is told to count only in here, and to write down its count at each return.
@inline(never)
@_silgen_name("growth_work")
func measured(_ work: () -> Int) -> Int {
    work()
}

// growth TIMES PART PARTS [NAME]: does each construct's work at its first size, then that many times larger, and prints its name. With NAME
// alone it prints the seconds of both, for sizes that callgrind would need hours for.
let arguments = Array(CommandLine.arguments.dropFirst())
guard arguments.count >= 3, let times = Int(arguments[0]), let part = Int(arguments[1]), let parts = Int(arguments[2]) else {
    fatalError("growth TIMES PART PARTS [NAME]")
}
let name = arguments.count > 3 ? arguments[3] : nil

for (index, construct) in Construct.all.enumerated() where index % parts == part && (name == nil || name == construct.name) {
    let small = construct.prepared(construct.count)
    let large = construct.prepared(construct.count * times)
    // One-time setup, the tables of words, is not what grows.
    _ = small()
    let clock = ContinuousClock()
    let first = clock.measure { _ = measured(small) }
    let second = clock.measure { _ = measured(large) }
    print(construct.name, first / .seconds(1), second / .seconds(1), separator: "\t")
}
