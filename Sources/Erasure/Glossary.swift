package import Kernel

extension Erasure {
    package static let glossary = Glossary(
        """
        activeSince | When the rule began to apply; null while it is only tried.
        applications | The applications concerned.
        completedAt | When it was completed; null before.
        dueAt | When it will be carried out.
        examples | Some of what the rule would concern.
        flaggedAt | When the rule found it.
        isActive | Whether it applies.
        months | The time in months after which the rule applies.
        note | Words of explanation, for people.
        origin | Who or what asked for it.
        place | Where the data is kept.
        places | Where data about the person is kept, with what happens to it.
        requestedAt | When it was asked for.
        rule | The rule.
        ruleId | The rule.
        DeleteMe.password | The password, again, as proof that it is you.
        ErasureOrigin.person | The person asked for it.
        ErasureOrigin.administrator | An administrator did.
        ErasureOrigin.retention | A retention rule did.
        ErasureStatus.pending | Waits for its day, and can be withdrawn.
        ErasureStatus.running | Is being carried out.
        ErasureStatus.completed | Was carried out.
        ErasureStatus.withdrawn | Was withdrawn.
        """
    )
}
