import CArgon2
import Foundation
import Kernel

/// libargon2, computing in memory that is passed in. Hashes are written as its own `argon2_encode` writes them:
/// `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`.
enum Argon2 {
    // RFC 9106, 3.1: 16 bytes of salt are recommended for passwords.
    private static let saltLength = 16
    private static let hashLength = 32

    static func hash(_ password: [UInt8], _ cost: PasswordCost, in memory: HashingMemory) throws(PasswordHashing.Failed) -> String {
        let salt = randomBytes(saltLength)
        let hash = try digest(password, salt, cost, length: hashLength, in: memory)
        return prefix(cost) + base64(salt) + "$" + base64(hash)
    }

    static func prefix(_ cost: PasswordCost) -> String { "$argon2id$v=19$\(cost.text)$" }

    static func verify(_ password: [UInt8], against encoded: String, in memory: HashingMemory) throws(PasswordHashing.Failed) -> Bool {
        let parts = encoded.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0].isEmpty, parts[1] == "argon2id", parts[2] == "v=19", let cost = PasswordCost(parts[3]),
            let salt = bytes(base64: parts[4]), let hash = bytes(base64: parts[5])
        else { throw PasswordHashing.Failed(reason: "The stored hash is not one of Argon2id, version 19.") }
        let made = try digest(password, salt, cost, length: hash.count, in: memory)
        // Takes the same time wherever they differ.
        return zip(made, hash).reduce(0) { $0 | $1.0 ^ $1.1 } == 0
    }

    private static func digest(
        _ password: [UInt8],
        _ salt: [UInt8],
        _ cost: PasswordCost,
        length: Int,
        in memory: HashingMemory
    ) throws(PasswordHashing.Failed) -> [UInt8] {
        var (password, salt) = (password, salt)
        var output = [UInt8](repeating: 0, count: length)
        let lengths = (password: UInt32(password.count), salt: UInt32(salt.count))
        let status = password.withUnsafeMutableBufferPointer { password in
            salt.withUnsafeMutableBufferPointer { salt in
                output.withUnsafeMutableBufferPointer { output in
                    var context = argon2_context()
                    context.out = output.baseAddress
                    context.outlen = UInt32(length)
                    context.pwd = password.baseAddress
                    context.pwdlen = lengths.password
                    context.salt = salt.baseAddress
                    context.saltlen = lengths.salt
                    context.t_cost = cost.passes
                    context.m_cost = cost.memory
                    context.lanes = cost.lanes
                    context.threads = cost.lanes
                    context.version = ARGON2_VERSION_13.rawValue
                    context.allocate_cbk = HashingMemory.allocate
                    context.free_cbk = HashingMemory.free
                    return memory.use { argon2id_ctx(&context) }
                }
            }
        }
        guard status == ARGON2_OK.rawValue else {
            throw PasswordHashing.Failed(reason: String(cString: argon2_error_message(status)))
        }
        return output
    }

    /// Without the padding (RFC 4648, 3.2).
    private static func base64(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString().filter { $0 != "=" }
    }

    private static func bytes(base64 text: Substring) -> [UInt8]? {
        let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        return Data(base64Encoded: text + padding).map { [UInt8]($0) }
    }
}
