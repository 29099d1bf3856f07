import Foundation

/// A file that the fence left open.
struct Descriptor {
    struct Failed: Error {}

    static let input = Descriptor(STDIN_FILENO)
    static let output = Descriptor(STDOUT_FILENO)

    private static let chunk = 256 << 10

    private let number: Int32

    init(_ number: Int32) {
        self.number = number
    }

    /// Reads everything. Throws if there is more than the limit.
    func read(atMost limit: Int) throws(Failed) -> Data {
        var data = Data()
        var buffer = [UInt8](repeating: 0, count: Self.chunk)
        while true {
            let count = Foundation.read(number, &buffer, buffer.count)
            guard count >= 0, data.count + count <= limit else { throw Failed() }
            if count == 0 { return data }
            data.append(contentsOf: buffer[..<count])
        }
    }

    func write(_ data: Data) throws(Failed) {
        let isWritten = data.withUnsafeBytes { raw in
            var rest = raw[...]
            while !rest.isEmpty {
                let count = Foundation.write(number, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                guard count > 0 else { return false }
                rest = rest.dropFirst(count)
            }
            return true
        }
        guard isWritten else { throw Failed() }
    }
}
