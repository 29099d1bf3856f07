/// One connection that belongs to one thread and blocks it: for what must happen even while Swift's cooperative pool and the server's own
/// connections are all taken. It connects when first needed, and again at the next statement after a failure.
package final class SeparateConnection {
    private let settings: Session.Settings
    private var session: Session?

    init(_ settings: Session.Settings) {
        self.settings = settings
    }

    package func run(_ statement: SQL) throws(PostgresError) -> Rows {
        if session?.isAlive() != true { session = nil }
        let session = if let open = session { open } else { try Session(settings) }
        self.session = session
        do {
            return try session.run([statement])[0]
        } catch {
            if session.isBroken || error.kind == .connection { self.session = nil }
            throw error
        }
    }
}
