import CLibPQ

/// Names for the type numbers that a result carries, for messages. Numbers from PostgreSQL's `pg_type.dat`.
enum TypeName {
    private static let names: [Oid: String] = [
        16: "boolean", 17: "bytea", 18: "\"char\"", 19: "name", 20: "bigint", 21: "smallint", 23: "integer", 25: "text", 26: "oid",
        114: "json",
        199: "json[]", 600: "point", 700: "real", 701: "double precision", 869: "inet", 1000: "boolean[]", 1001: "bytea[]",
        1005: "smallint[]",
        1007: "integer[]", 1009: "text[]", 1014: "character[]", 1015: "character varying[]", 1016: "bigint[]", 1022: "double precision[]",
        1042: "character", 1043: "character varying", 1082: "date", 1083: "time", 1114: "timestamp", 1182: "date[]", 1184: "timestamptz",
        1185: "timestamptz[]", 1186: "interval", 1700: "numeric", 2249: "record", 2278: "void", 2950: "uuid", 2951: "uuid[]",
        3614: "tsvector",
        3802: "jsonb", 3807: "jsonb[]", 3910: "tstzrange",
    ]

    static func of(_ type: Oid) -> String {
        names[type] ?? "type \(type)"
    }
}
