/// A column of a tenant's table that names a stored file. Files that no declared column names are deleted, so a column that nobody declared
/// fails a test.
package struct BlobColumn: Sendable {
    package let table: StaticString
    package let column: StaticString

    package init(_ table: StaticString, _ column: StaticString) {
        self.table = table
        self.column = column
    }
}
