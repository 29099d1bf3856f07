import FoundationEssentials

extension Connection {
    /// Serves request after request until the pool is closed.
    func serve(_ dispatcher: Dispatcher) async {
        var tenant: UUID?
        while let request = await dispatcher.next(for: self, heldBy: tenant, isolation: self) {
            tenant = request.tenant
            guard case .batch(let statements, let reply) = request.wish else { continue }
            reply.resume(returning: await outcome(of: statements, request.ticket, until: request.deadline))
        }
        close()
    }

    /// For a caller that found the connection idle. Returning it here, on this thread, lets the next request begin at once.
    func serve(
        _ statements: [SQL],
        _ ticket: UInt64,
        until deadline: ContinuousClock.Instant,
        from dispatcher: Dispatcher,
        _ parked: Dispatcher.Parked
    ) async -> Result<[Rows], PostgresError> {
        beginForCaller(ticket)
        let outcome = await outcome(of: statements, ticket, until: deadline)
        dispatcher.release(parked)
        return outcome
    }

    private func outcome(
        of statements: [SQL],
        _ ticket: UInt64,
        until deadline: ContinuousClock.Instant
    ) async -> Result<[Rows], PostgresError> {
        do {
            try await ready(until: deadline)
            let rows = try runAdmitted(statements, ticket: ticket)
            // The next request, perhaps another tenant's, must not run in it.
            guard !isInTransaction else {
                _ = try finish(["ROLLBACK"])
                return .failure(PostgresError(.other, "a batch must not leave a transaction open"))
            }
            return .success(rows)
        } catch {
            return .failure(error)
        }
    }
}
