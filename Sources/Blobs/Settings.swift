package import Variables

/// Where uploaded files go.
package struct BlobSettings: Sendable {
    /// Nil means a folder of this machine.
    package let bucket: BucketAddress?

    static let bucket = Setting(
        optional: "TENURE_BLOBS",
        shown: "empty",
        "A bucket for uploaded files instead of the folder: `s3://bucket/prefix?region=eu-central-1`, and for storage other than Amazon's "
            + "`&endpoint=https://storage.internal:9000`. `&style=host` or `path` says where the bucket is named in addresses. Files in "
            + "transit are in `TENURE_DATA`; each server then needs its own."
    )
    static let bucketKey = Setting(
        optional: "TENURE_BLOBS_KEY",
        shown: "none, required with a bucket",
        "The access key. It needs to get, put, delete and list objects below the prefix."
    )
    static let bucketSecret = Setting(
        optional: "TENURE_BLOBS_SECRET",
        shown: "none, required with a bucket",
        "The access key's secret.",
        isSecret: true
    )

    package static let section = SettingsSection("Files in a bucket", [bucket, bucketKey, bucketSecret])

    package init(_ read: SettingsReader) throws(SettingsError) {
        let (address, id, secret) = (try read(Self.bucket), try read(Self.bucketKey), try read(Self.bucketSecret))
        guard let address else {
            bucket = nil
            return
        }
        guard let id, let secret else {
            throw SettingsError(description: "\(Self.bucket.name): It needs \(Self.bucketKey.name) and \(Self.bucketSecret.name).")
        }
        do throws(BucketAddress.Problem) {
            bucket = try BucketAddress(address, keys: BucketAddress.Keys(id: id, secret: secret))
        } catch {
            throw SettingsError(description: "\(Self.bucket.name): \(error)")
        }
    }
}
