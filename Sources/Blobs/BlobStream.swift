/// An open file, read in portions by whoever iterates, once. It stays readable when the blob is deleted meanwhile.
package struct BlobStream: AsyncSequence, Sendable {
    package typealias Element = [UInt8]

    package let size: Int
    private let file: OpenFile
    private let disk: Disk

    init(file: OpenFile, disk: Disk) throws(BlobError) {
        self.file = file
        self.disk = disk
        size = try file.size()
    }

    package struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate let file: OpenFile
        fileprivate let disk: Disk

        package mutating func next() async throws -> [UInt8]? {
            try await disk.run { [file] in try file.next() }
        }
    }

    package func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(file: file, disk: disk)
    }
}
