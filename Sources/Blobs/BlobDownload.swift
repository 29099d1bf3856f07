package import Kernel

extension BlobStore {
    /// A stored file as an operation's answer.
    package func download(_ key: BlobKey, name: String, mediaType: String) async throws -> FileDownload {
        let stream = try await open(key)
        return FileDownload(stream, size: stream.size, name: name, mediaType: mediaType)
    }
}
