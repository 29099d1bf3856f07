import Foundation
import Kernel
import NIOCore

/// The one shape of every answer: `success`, then `data` or `error`, then `meta`. The data's bytes are encoded once and copied in.
enum Envelope {
    static func success(_ data: some Sequence<UInt8>, requestID: String, at now: Date) -> ByteBuffer {
        var bytes: [UInt8] = Array(#"{"success":true,"data":"#.utf8)
        bytes += data
        appendMeta(requestID, now, to: &bytes)
        return ByteBuffer(bytes: bytes)
    }

    static func failure(_ failure: Failure, requestID: String, at now: Date) -> ByteBuffer {
        var bytes: [UInt8] = Array(#"{"success":false,"error":"#.utf8)
        bytes += failure.json.canonicalBytes
        appendMeta(requestID, now, to: &bytes)
        return ByteBuffer(bytes: bytes)
    }

    /// A request id consists of letters, digits, `-`, `_` and `.`: nothing in it needs escaping.
    private static func appendMeta(_ requestID: String, _ now: Date, to bytes: inout [UInt8]) {
        bytes += #","meta":{"timestamp":""#.utf8
        Timestamp.append(now, to: &bytes)
        bytes += #"","requestId":""#.utf8
        bytes += requestID.utf8
        bytes += #""}}"#.utf8
    }
}
