package import Postgres

extension Caller {
    /// Which jobs of their companies somebody may know of, as a condition on a column with a job's id: all but the confidential ones on whose
    /// team they aren't. Who acts for the whole tenant knows all. The jobs hidden from them are few, and looked up once for each statement.
    package func knowsJob(_ column: StaticString) -> SQL {
        guard case .companies = reach else { return "TRUE" }
        return """
            \(raw: column) <> ALL (
                ARRAY(
                    SELECT hidden.id
                    FROM jobs hidden
                    WHERE hidden.tenant_id = \(tenant) AND hidden.is_confidential
                        AND NOT EXISTS (
                            SELECT
                            FROM job_team mate
                            WHERE mate.tenant_id = hidden.tenant_id AND mate.job_id = hidden.id AND mate.user_id = \(user)::uuid
                                AND mate.ended_at IS NULL
                        )
                )
            )
            """
    }
}
