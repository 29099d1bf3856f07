package import Postgres

/// Something kept under a candidate's account that may turn out to belong to another account, such as an application or a resume. Its table
/// has `candidate_id`, `version` and `updated_at`; in the expressions here the table is `t`.
package struct Belonging: Sendable {
    /// As in the subjects of events.
    package let kind: String
    package let table: StaticString
    /// The column with the time it was added.
    package let since: StaticString
    /// What people know it by.
    package let label: SQL
    /// Which rows count.
    package let condition: SQL
    /// Whether somebody already has one where there can be only one.
    package let isTaken: @Sendable (Identifier<User>) -> SQL

    package init(
        _ kind: String,
        in table: StaticString,
        since: StaticString,
        label: SQL,
        where condition: SQL = "TRUE",
        isTaken: @escaping @Sendable (Identifier<User>) -> SQL = { _ in "FALSE" }
    ) {
        self.kind = kind
        self.table = table
        self.since = since
        self.label = label
        self.condition = condition
        self.isTaken = isTaken
    }
}
