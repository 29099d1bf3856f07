package import Foundation
package import Kernel

/// Where a secret belongs: one of a row's, by name. A secret encrypted for one place can't be decrypted at another, so that whoever can
/// write to the database can't have one tenant's secret read as another's.
package struct SecretPlace: Sendable, Hashable {
    package let tenant: Identifier<Tenant>
    package let table: String
    package let row: UUID
    package let name: String

    /// - Parameter table: a literal, because it is part of the program.
    package init(tenant: Identifier<Tenant>, table: StaticString, row: UUID, name: StaticString) {
        self.init(tenant: tenant, table: "\(table)", row: row, name: "\(name)")
    }

    init(tenant: Identifier<Tenant>, table: String, row: UUID, name: String) {
        self.tenant = tenant
        self.table = table
        self.row = row
        self.name = name
    }

    /// Each part with its length, so that no two places give the same bytes.
    var authenticated: Data {
        let parts = ["tenure secret 1", tenant.description, table, row.uuidString.lowercased(), name]
        return parts.reduce(into: Data()) { data, part in
            withUnsafeBytes(of: UInt32(part.utf8.count).bigEndian) { data.append(contentsOf: $0) }
            data.append(contentsOf: part.utf8)
        }
    }
}
