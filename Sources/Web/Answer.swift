import Kernel

import struct Foundation.Data

/// The result of an operation, before it becomes a response.
struct Answer: Sendable {
    let status: Int
    /// The encoded output: the envelope's `data`; empty for 204.
    var data = Data()
    var version: Int?
    var download: FileDownload?
    /// The socket that the connection becomes, if any.
    var socket: SocketAnswer?
    /// Whether this is the stored answer to an earlier request with the same Idempotency-Key.
    var isReplayed = false

    init(status: Int) {
        self.status = status
    }

    init(_ output: any Codable & Sendable, of operation: APIOperation) throws(Failure) {
        status = operation.status
        version = (output as? any Versioned)?.version
        if let file = output as? FileDownload {
            download = file
        } else if !(output is NoContent) {
            do { data = try Wire.encode(output) } catch { throw .internal(error) }
        }
    }
}
