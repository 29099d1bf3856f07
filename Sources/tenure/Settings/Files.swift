import Variables

extension Settings {
    enum Files {
        static let data = Setting(
            "TENURE_DATA",
            or: ".tenure",
            "Uploaded files (`blobs`), unfinished uploads, and mail that has no server yet (`mail`). Several servers share one such directory."
        )
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

        static let section = SettingsSection("Files", [data, bucket, bucketKey, bucketSecret])
    }
}
