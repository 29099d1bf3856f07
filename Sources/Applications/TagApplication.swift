import Kernel

struct TagApplication: Codable, Sendable {
    let id: Identifier<Application>
    let ifMatch: ExpectedVersion?
    let tag: Text<60>
}

extension Applications {
    /// Tagging twice leaves one tag.
    func tag(_ input: TagApplication, by member: Member) async throws(Failure) -> Application {
        try await store.transaction(as: member) { tx in
            let subject = try await openCase(input.id, by: member, may: .noteApplications, tx)
            try input.ifMatch?.check(subject.application.version)
            guard !subject.application.tags.contains(input.tag.value) else { return subject.application }
            tx.queue(ApplicationQueries.addTag(input.tag, to: input.id, tx))
            let tagged = try await application(input.id, in: tx)
            try tx.append(
                ApplicationTagged(application: ApplicationFact(tagged, job: subject.job, cards: subject.cards), tag: input.tag.value)
            )
            return tagged
        }
    }
}
