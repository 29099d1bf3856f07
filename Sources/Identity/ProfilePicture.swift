import Blobs
import Documents
import Foundation
import Kernel
import Postgres

/// A picture that replaces the one before.
struct SetPicture: Codable, Sendable {
    let file: UploadedFile
}

struct PictureAnswer: Codable, Sendable {
    let profilePictureUrl: String
}

struct ShowPicture: Codable, Sendable {
    let id: Identifier<User>
}

/// A picture's type by its first bytes, whatever its sender calls it.
enum PictureType: String {
    case jpeg = "image/jpeg"
    case png = "image/png"
    case webp = "image/webp"

    // JPEG (ISO 10918-1 B.1.1.3), PNG (RFC 2083 3.1), WebP (RFC 9649 2.3).
    init?(firstBytes bytes: Data) {
        let bytes = [UInt8](bytes)
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
            self = .jpeg
        } else if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            self = .png
        } else if bytes.starts(with: Array("RIFF".utf8)), bytes.dropFirst(8).starts(with: Array("WEBP".utf8)) {
            self = .webp
        } else {
            return nil
        }
    }

    var fileName: String { "picture.\(self == .jpeg ? "jpg" : String(describing: self))" }
}

extension Identity {
    private static let maximumPictureSize = 5 * 1024 * 1024

    func setPicture(_ input: SetPicture, by user: SignedIn) async throws(Failure) -> PictureAnswer {
        guard input.file.size <= Self.maximumPictureSize else { throw .pictureTooLarge }
        let key = BlobKey(tenant: user.tenant.uuid, at: store.clock.now())
        let type = try await storePicture(input.file, of: user, as: key)
        do {
            return try await store.transaction(as: user) { tx in
                guard let row = try await tx.first(UserQueries.setPicture(key.description, type.rawValue, of: user.user, tx)) else {
                    throw Failure.unauthorized
                }
                try tx.append(UserUpdated(user: UserFact(row), changed: ["profilePicture"]))
                deletePicture(try row("previous"), after: tx)
                return try await tx.answering(
                    PictureAnswer(profilePictureUrl: pictureURL(of: user.user, publicURL: configuration.publicURL))
                )
            }
        } catch {
            // Nothing names it. If this fails too, one file too many is left and nothing is lost.
            try? await blobs.delete(key)
            throw error
        }
    }

    /// Deletes a picture's file once nothing names it any more.
    func deletePicture(_ key: String?, after tx: TenantTransaction) {
        guard let key = key.flatMap(BlobKey.init) else { return }
        tx.afterCommit { [blobs] in try await blobs.delete(key) }
    }

    /// Keeps what the picture shows and nothing else from the file: no place, no device, no second file behind it.
    private func storePicture(_ file: UploadedFile, of user: SignedIn, as key: BlobKey) async throws(Failure) -> PictureType {
        do {
            let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: file.path))
            defer { try? handle.close() }
            guard let sent = PictureType(firstBytes: try handle.read(upToCount: 12) ?? Data()) else { throw Failure.pictureTypeUnknown }
            let owner = DocumentOwner(tenant: user.tenant.uuid, person: user.user.uuid)
            let picture = try await documents.picture(of: file.path, type: sent.rawValue, for: owner)
            // What comes out of the sandbox is untrusted, too.
            guard let type = PictureType(firstBytes: picture.prefix(12)) else { throw Failure.pictureBroken }
            let clean = FileManager.default.temporaryDirectory.appendingPathComponent("picture-\(UUID().uuidString)")
            defer { try? FileManager.default.removeItem(at: clean) }
            try picture.write(to: clean)
            _ = try await blobs.put(contentsOf: clean, as: key, limit: Self.maximumPictureSize)
            return type
        } catch let error as DocumentError {
            throw .picture(error)
        } catch {
            throw Failure(error)
        }
    }

    func showPicture(_ input: ShowPicture, by user: SignedIn) async throws(Failure) -> FileDownload {
        guard try await capabilities.visible([input.id], to: user).contains(input.id) else { throw .pictureNotFound }
        let row = try await store.query(as: user, UserQueries.picture(of: input.id, tenant: user.tenant)).first
        guard let row, let key = BlobKey(try reading { try row("profile_picture") }),
            let type = PictureType(rawValue: try reading { try row("profile_picture_type") })
        else { throw .pictureNotFound }
        do {
            return try await blobs.download(key, name: type.fileName, mediaType: type.rawValue)
        } catch BlobError.notFound {
            throw .pictureNotFound
        } catch {
            throw .internal(error)
        }
    }
}

func pictureURL(of user: Identifier<User>, publicURL: String) -> String {
    "\(publicURL)/api/v1/users/\(user)/profile-picture"
}
