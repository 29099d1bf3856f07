import HTTPTypes
import Hummingbird
import Kernel
import NIOCore

extension APIResponder {
    /// Streams a file as an attachment: uploads are never rendered in our origin.
    func download(_ file: FileDownload, _ fields: HTTPFields, in context: WebContext) async throws(Failure) -> Response {
        var fields = fields
        fields[.contentType] = ContentDisposition.isMediaType(file.mediaType) ? file.mediaType : "application/octet-stream"
        fields[.contentDisposition] = ContentDisposition.attachment(file.name)
        switch file.content {
        case .stream(let bytes, let size):
            return Response(status: .ok, headers: fields, body: .sending(bytes, size: size))
        case .file(let path):
            do {
                return Response(status: .ok, headers: fields, body: try await FileIO().loadFile(path: path, context: context))
            } catch {
                throw Failure(.notFound, Failure.notFound.message, cause: error)
            }
        }
    }
}

extension ResponseBody {
    /// Reads each portion once the one before has been sent.
    fileprivate static func sending(_ bytes: FileDownload.Bytes, size: Int) -> ResponseBody {
        ResponseBody(contentLength: size) { writer in
            for try await portion in bytes { try await writer.write(ByteBuffer(bytes: portion)) }
            try await writer.finish(nil)
        }
    }
}

/// RFC 6266, with the name in UTF-8 (RFC 8187), and in ASCII for clients that don't read that.
enum ContentDisposition {
    static func attachment(_ name: String) -> String {
        let plain = String(
            name.unicodeScalars.map { $0.isASCII && $0.value >= 0x20 && $0 != "\"" && $0 != "\\" && $0.value != 0x7F ? Character($0) : "_" }
        )
        return "attachment; filename=\"\(plain)\"; filename*=UTF-8''\(name.percentEncoded)"
    }

    static func isMediaType(_ text: String) -> Bool {
        text.utf8.count <= 100 && text.contains("/") && text.unicodeScalars.allSatisfy { $0.isASCII && $0.value > 0x20 || $0 == " " }
    }
}
