import Kernel

struct TagApplication: Codable, Sendable {
    let id: Identifier<Application>
    let ifMatch: ExpectedVersion?
    let tag: Text<60>
}

extension Applications {
    /// Tagging twice leaves one tag, in whichever letters.
    func tag(_ input: TagApplication, by member: Member) async throws(Failure) -> Application {
        try await store.transaction(as: member) { tx in
            let subject = try await openCase(input.id, by: member, may: .noteApplications, tx)
            try input.ifMatch?.check(subject.application.version)
            guard try await tx.execute(ApplicationQueries.addTag(input.tag, to: input.id, tx)) > 0 else { return subject.application }
            let tagged = try await application(input.id, in: tx)
            try tx.append(
                ApplicationTagged(application: ApplicationFact(tagged, job: subject.job, cards: subject.cards), tag: input.tag.value)
            )
            return tagged
        }
    }

    /// Without the tag nothing changes.
    func untag(_ input: TagApplication, by member: Member) async throws(Failure) -> Application {
        try await store.transaction(as: member) { tx in
            let subject = try await openCase(input.id, by: member, may: .noteApplications, tx)
            try input.ifMatch?.check(subject.application.version)
            guard try await tx.execute(ApplicationQueries.removeTag(input.tag, from: input.id, tx)) > 0 else { return subject.application }
            let untagged = try await application(input.id, in: tx)
            try tx.append(
                ApplicationUntagged(application: ApplicationFact(untagged, job: subject.job, cards: subject.cards), tag: input.tag.value)
            )
            return untagged
        }
    }
}
