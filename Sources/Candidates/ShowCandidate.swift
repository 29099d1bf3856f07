import Identity
import Kernel
import Postgres
import ResumeParsing
import Resumes

struct ShowCandidate: Codable, Sendable {
    let id: Identifier<User>
}

extension Candidates {
    func showMe(_ input: NoInput, by candidate: CandidateUser) async throws(Failure) -> CandidateProfile {
        try await store.transaction(as: candidate) { tx in
            try await profile(candidate.user, reading: try await resumes.latest(of: candidate.user, resume: nil, in: tx), tx)
        }
    }

    /// Whom the member may not know of is not found. Whoever applied to one of the member's companies has given it their contact data, and
    /// who added somebody typed it in; for the rest it is masked. The id of a merged candidate leads to the one that was kept.
    func show(_ input: ShowCandidate, by member: Member) async throws(Failure) -> CandidateProfile {
        var found = try await read(input.id, as: member)
        if let kept = found.kept { found = try await read(kept, as: member) }
        guard found.isListed, let profile = found.profile else { throw .candidateNotFound }
        var seen = profile.seenByEmployer(withContact: found.gaveContact)
        if !found.added.isEmpty { seen.added = found.added }
        if !found.merged.isEmpty { seen.mergedIds = found.merged }
        return seen
    }

    private struct Found {
        let kept: Identifier<User>?
        let isListed: Bool
        let gaveContact: Bool
        let added: [AddedRecord]
        let profile: CandidateProfile?
        let merged: [Identifier<User>]
    }

    /// All that a profile is made of, in one round trip.
    private func read(_ id: Identifier<User>, as member: Member) async throws(Failure) -> Found {
        let tenant = member.tenant
        let rows = try await store.queries(
            as: member,
            [
                MergeQueries.kept(for: id, tenant: tenant),
                CandidateQueries.isListed(id, for: CandidateAudience(of: member, in: tenant)),
                Identity.statement(for: id, tenant: tenant), CandidateQueries.profile(id, tenant: tenant),
                Resumes.statement(forLatestOf: id, tenant: tenant), MergeQueries.merged(into: id, tenant: tenant),
                CandidateQueries.application(of: id, to: member), SourcedQueries.added(id, by: member),
            ]
        )
        let user = try Identity.user(rows[2])
        let parsed = try Resumes.latest(rows[4])?.parsed
        return try reading {
            let stored = try rows[3].first.map(StoredProfile.init)
            let added = try rows[7].map(AddedRecord.init)
            let phones = try rows[7].compactMap { try $0("phone") as String? }
            return Found(
                kept: try rows[0].first?("kept_id"),
                isListed: !rows[1].isEmpty,
                gaveContact: !rows[6].isEmpty || !added.isEmpty,
                added: added,
                profile: user.map { CandidateProfile($0, stored, parsed, phones: phones) },
                merged: try rows[5].map { try $0("merged_id") }
            )
        }
    }
}
