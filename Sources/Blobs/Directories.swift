import Glibc

func path(of key: BlobKey, in directory: String) -> String {
    "\(directory)/\(key)"
}

func parent(of path: String) -> String {
    String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
}

/// Creates a directory and its parents. A new one is durable only once its parent has been synced.
func makeDirectory(_ path: String) throws(BlobError) {
    if mkdir(path, 0o700) == 0 {
        try syncDirectory(parent(of: path))
    } else if errno == ENOENT && !parent(of: path).isEmpty {
        try makeDirectory(parent(of: path))
        try makeDirectory(path)
    } else if errno != EEXIST {
        throw .last("mkdir")
    }
}

func syncDirectory(_ path: String) throws(BlobError) {
    let descriptor = open(path.isEmpty ? "/" : path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .last("open") }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw .last("fsync") }
}

/// Removes only drafts that no running server can still be writing: several servers may share a disk.
func removeDrafts(in directory: String) throws(BlobError) {
    let dayAgo = time(nil) - 24 * 60 * 60
    guard let entries = opendir(directory) else { throw .last("opendir") }
    defer { closedir(entries) }
    while let entry = readdir(entries) {
        let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        var status = stat()
        guard name.allSatisfy(\.isNumber), stat("\(directory)/\(name)", &status) == 0 else { continue }
        if status.st_mtim.tv_sec < dayAgo { unlink("\(directory)/\(name)") }
    }
}
