package import Kernel

extension Candidates {
    package static let glossary = Glossary(
        """
        added | What the reader's companies noted when they added this candidate; absent if none did.
        addedAt | When the company added the candidate.
        addedBy | Who added the candidate; absent if a program or a rule did, and null once that account is deleted.
        invitedAt | When the candidate was last asked to have an account; absent before.
        AddedRecord.resumeId | The resume that the candidate was added with; absent if there was none.
        AddedRecord.source | Where the company found them.
        PossibleDuplicate.candidateId | The other candidate.
        PossibleDuplicate.reasons | What the two have in common.
        ContactData.email | The e-mail address; absent if nobody knows one.
        assignedAt | When it was assigned to one of the two; null if it wasn't yet.
        assignedBy | Who assigned it.
        contact | How to reach the person; masked where the reader may not have it.
        dismissalId | The decision that two candidates are not the same person.
        dismissedAt | When the two were said to be different people.
        dismissedBy | Who said so; null once that account is deleted.
        isComplete | Whether the profile has all that employers look for.
        isMasked | Whether contact data is hidden from this reader.
        isMergedBefore | Whether one of the two is already a merged person.
        jobSearchMode | How the candidate wants to be found.
        kept | The candidate who stays.
        keptId | The candidate who stays.
        keptName | The name of the candidate who stays.
        locations | Places where the person would work.
        merge | The merge.
        mergeId | The merge.
        merged | The candidate who is merged into the other.
        mergedAt | When the two were merged.
        mergedBy | Who merged them; null once that account is deleted.
        mergedId | The candidate who is merged into the other.
        mergedIds | The candidates who were merged into this one.
        mergedName | The name of the candidate who is merged into the other.
        minimumSalary | The least yearly salary, before taxes.
        reasons | Why, in words or in kinds.
        remoteOnly | Whether the person works remotely only. False by default.
        thing | What was assigned.
        titles | Job titles.
        undoneAt | When it was undone; null if it wasn't.
        undoneBy | Who undid it; null if nobody did.
        CandidateProfile.education | Degrees and schools, latest first.
        JobSearchMode.active | Is looking, and employers find them.
        JobSearchMode.passive | Listens to offers, and employers find them.
        JobSearchMode.hidden | Is not found by employers.
        MergeReason.email | The same address.
        MergeReason.phone | The same telephone number.
        MergeReason.name | The same name.
        CandidatePool.closed | Companies see only candidates who applied to them.
        CandidatePool.shared | Companies also find candidates whose visibility is `pool`.
        CandidateProfile.visibility | Which companies see the profile; null until the candidate chooses, which counts as `private`.
        UpdateCandidate.visibility | Which companies see the profile.
        Visibility.pool | All companies of the tenant, if its candidate pool is shared.
        Visibility.private | Only companies that the candidate applied to.
        """
    )
}
