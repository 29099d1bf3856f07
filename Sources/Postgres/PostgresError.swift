/// Everything that can go wrong between a statement and its rows. `kind` is what callers branch on; the rest is for the log, except
/// `constraint`, whose name says which rule of the schema was broken.
package struct PostgresError: Error, Sendable, Equatable {
    package enum Kind: Sendable, Hashable {
        /// The server is away, refused us, or the connection broke: whether the statement took effect is unknown.
        case connection
        /// SQLSTATE 57014 by `statement_timeout`.
        case statementTimeout
        /// The task was canceled; its statement, if it had begun, was canceled with it.
        case canceled
        case poolTimeout
        /// Too many requests of the tenant wait already.
        case lineFull
        case poolClosed
        /// SQLSTATE 40001 or 40P01: run the transaction again.
        case serialization
        case constraint(Constraint)
        case insufficientPrivilege
        case decode
        case other
    }

    package enum Constraint: Sendable, Hashable {
        case uniqueViolation
        case foreignKeyViolation
        case checkViolation
        case notNullViolation
        case exclusionViolation
    }

    package let kind: Kind
    package let message: String
    package var sqlState: String?
    package var detail: String?
    package var constraint: String?
    package var table: String?
    package var column: String?

    package init(_ kind: Kind, _ message: String, sqlState: String? = nil) {
        self.kind = kind
        self.message = message
        self.sqlState = sqlState
    }

    /// Nothing is wrong with the statement: trying again may succeed.
    package var isTransient: Bool {
        switch kind {
        case .connection, .statementTimeout, .canceled, .poolTimeout, .lineFull, .poolClosed, .serialization: true
        case .constraint, .insufficientPrivilege, .decode, .other: false
        }
    }

    package var isUniqueViolation: Bool { kind == .constraint(.uniqueViolation) }
}

extension PostgresError: CustomStringConvertible {
    package var description: String {
        var parts = ["\(kind): \(message)"]
        if let sqlState { parts.append("SQLSTATE \(sqlState)") }
        if let constraint { parts.append("constraint \(constraint)") }
        if let table { parts.append("table \(table)") }
        if let column { parts.append("column \(column)") }
        return parts.joined(separator: ", ")
    }
}
