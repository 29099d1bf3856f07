import Glibc

/// What can go wrong with a stored file. The reason may contain a path on the server, so it is only for the log.
package enum BlobError: Error, Equatable, Sendable {
    case notFound(BlobKey)
    case exists(BlobKey)
    /// More bytes than the caller allowed.
    case tooLarge(limit: Int)
    /// It ended before its full size.
    case brokenOff
    /// The bucket's error.
    case storage(status: Int, code: String)
    case unreachable(String)
    case disk(call: String, code: Int32, reason: String)

    /// The failure that the C library just reported in `errno`.
    static func last(_ call: String) -> BlobError {
        let code = errno
        return .disk(call: call, code: code, reason: String(cString: strerror(code)))
    }
}
