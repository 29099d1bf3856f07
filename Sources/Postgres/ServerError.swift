import CLibPQ

extension PostgresError {
    /// The error that a `PGresult` reports.
    init(result: OpaquePointer) {
        let state = Self.field(result, .sqlState)
        let primary = Self.field(result, .message)
        // Without a SQLSTATE the message is libpq's own: the connection broke.
        let message = primary ?? String(cString: PQresultErrorMessage(result)).onOneLine
        self.init(state.map(Kind.init(sqlState:)) ?? .connection, message, sqlState: state)
        detail = Self.field(result, .detail)
        constraint = Self.field(result, .constraint)
        table = Self.field(result, .table)
        column = Self.field(result, .column)
    }

    /// libpq's own last error on a connection.
    init(connection: OpaquePointer?) {
        let message = connection.map { String(cString: PQerrorMessage($0)).onOneLine } ?? "out of memory"
        self.init(.connection, message)
    }

    /// A prepared statement that no longer fits the schema, or that somebody deallocated: preparing it again fixes it.
    static func isStaleStatement(_ result: OpaquePointer) -> Bool {
        switch field(result, .sqlState) {
        case "26000": true
        case "0A000": field(result, .sourceFunction) == "RevalidateCachedQuery"
        default: false
        }
    }

    private static func field(_ result: OpaquePointer, _ field: Field) -> String? {
        PQresultErrorField(result, Int32(field.rawValue.value)).map { String(cString: $0) }
    }

    /// The `PG_DIAG_` macros of `postgres_ext.h`: character literals, which Swift cannot import.
    private enum Field: Unicode.Scalar {
        case sqlState = "C"
        case message = "M"
        case detail = "D"
        case constraint = "n"
        case table = "t"
        case column = "c"
        case sourceFunction = "R"
    }
}

extension PostgresError.Kind {
    /// PostgreSQL documentation, appendix A.
    init(sqlState: String) {
        switch sqlState {
        case "40001", "40P01": self = .serialization
        case "57014": self = .statementTimeout
        case "42501": self = .insufficientPrivilege
        case "23505": self = .constraint(.uniqueViolation)
        case "23503", "23001": self = .constraint(.foreignKeyViolation)
        case "23514": self = .constraint(.checkViolation)
        case "23502": self = .constraint(.notNullViolation)
        case "23P01": self = .constraint(.exclusionViolation)
        // Shutdown, crash, starting up, idle time-outs, too many connections.
        case "57P01", "57P02", "57P03", "57P05", "25P03", "53300": self = .connection
        default: self = sqlState.hasPrefix("08") ? .connection : .other
        }
    }
}

extension String {
    /// libpq breaks and indents its lines; a log wants a single one.
    fileprivate var onOneLine: String {
        split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
