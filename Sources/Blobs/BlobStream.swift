/// A blob's bytes, read in portions by whoever iterates.
package struct BlobStream: AsyncSequence, Sendable {
    package typealias Element = [UInt8]

    /// The size of the whole blob.
    package let size: Int
    /// The part that is read.
    package let range: Range<Int>
    private let portion: Int
    private let read: @Sendable (_ range: Range<Int>) async throws -> [UInt8]

    init(size: Int, range: Range<Int>?, portion: Int, read: @escaping @Sendable (_ range: Range<Int>) async throws -> [UInt8]) {
        self.size = size
        self.range = (range ?? 0..<size).clamped(to: 0..<size)
        self.portion = portion
        self.read = read
    }

    package struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate var rest: Range<Int>
        fileprivate let portion: Int
        fileprivate let read: @Sendable (_ range: Range<Int>) async throws -> [UInt8]

        package mutating func next() async throws -> [UInt8]? {
            guard !rest.isEmpty else { return nil }
            let bytes = try await read(rest.lowerBound..<Swift.min(rest.lowerBound + portion, rest.upperBound))
            guard !bytes.isEmpty else { throw BlobError.brokenOff }
            rest = Swift.min(rest.lowerBound + bytes.count, rest.upperBound)..<rest.upperBound
            return bytes
        }
    }

    package func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(rest: range, portion: portion, read: read)
    }
}
