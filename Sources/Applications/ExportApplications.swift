package import Kernel

extension Applications {
    /// A candidate's applications with interviews and offers, for the archive of everything held about them.
    package func export(for user: SignedIn) async throws(Failure) -> JSON {
        let rows = try await store.query(as: user, ApplicationQueries.ofCandidate(user.user, tenant: user.tenant))
        guard let reader = Reader(user.caller) else { throw .unauthorized }
        var exported: [JSON] = []
        for row in rows {
            let application = try Application(checking: row).asSeenByCandidate
            let interviews = try await listInterviewsOfApplication(ListInterviewsOfApplication(id: application.id), by: reader)
            let offers = try await listOffers(ListOffers(id: application.id), by: reader)
            do {
                exported.append([
                    "application": try JSON(encoding: application), "interviews": try JSON(encoding: interviews.items),
                    "offers": try JSON(encoding: offers.items),
                ])
            } catch {
                throw .internal(error)
            }
        }
        return .array(exported)
    }
}
