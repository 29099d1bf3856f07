import Foundation

/// Callgrind is told to count in here alone, and to write down what it counted at each return.
@inline(never)
@_silgen_name("growth_work")
func measured(_ work: () -> Int) -> Int {
    work()
}

// growth TIMES PART PARTS [NAME]: does each construct's work as it is first, then as many times larger as told, and prints its name.
// Alone it tells the seconds that both take, to look at sizes that callgrind would need hours for.
let arguments = Array(CommandLine.arguments.dropFirst())
guard arguments.count >= 3, let times = Int(arguments[0]), let part = Int(arguments[1]), let parts = Int(arguments[2]) else {
    fatalError("growth TIMES PART PARTS [NAME]")
}
let name = arguments.count > 3 ? arguments[3] : nil

for (index, construct) in Construct.all.enumerated() where index % parts == part && (name == nil || name == construct.name) {
    let small = construct.prepared(construct.count)
    let large = construct.prepared(construct.count * times)
    // What is set up once for good, the tables of words, is not what grows.
    _ = small()
    let clock = ContinuousClock()
    let first = clock.measure { _ = measured(small) }
    let second = clock.measure { _ = measured(large) }
    print(construct.name, first / .seconds(1), second / .seconds(1), separator: "\t")
}
