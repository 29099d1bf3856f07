package import Kernel

extension Rules {
    package static let glossary = Glossary(
        """
        admin | The system administrator who did it.
        amendable | The fields that a `before` rule may change; null for an event.
        amended | How many proposals would be amended otherwise.
        amendments | What the run changed in the proposal, by field.
        approximate | How many runs could be repeated only approximately, because what they read has changed.
        arguments | What the operation is called with.
        audience | Which scripts may call it.
        canRerun | Whether the run can be executed again from its record.
        compared | What the other version would have done, for comparison.
        cost | What the runs cost.
        decidedAt | When somebody decided; null before.
        decidedBy | Who decided; null before.
        did | What the run did at the time.
        differences | What came out otherwise, a line each.
        discarded | How many were discarded.
        divergences | How many runs came out otherwise.
        diverges | Whether the run came out otherwise than the version it is compared with; null if it isn't compared.
        draft | The source text of the draft.
        durationMicroseconds | How long it took, in microseconds.
        effects | What the script asked to be done, in order.
        effectsPerHour | The most effects that are applied within an hour; more are held.
        entity | The kind of thing that the operation belongs to; null for one that stands alone.
        errors | What went wrong, with how often.
        eventId | The event that it is about.
        everySeconds | How often it runs, in seconds.
        failed | What did not work.
        finishedAt | When it ended; null while it runs.
        former | The value before; null if there was none.
        function | The function's name in Lua.
        functions | The functions that a console script may call.
        grants | The operations that the script may ask for.
        halt | Why the script doesn't run; null if it does.
        handlers | The hooks that the script listens to.
        held | How many effects wait for somebody's decision.
        heldAt | When it was held.
        hook | When the handler runs.
        input | What the run was given.
        inputHash | The hash of what the run was given, in hexadecimal.
        instructions | How many Lua instructions were executed.
        instructionsMax | The most instructions that a run executed.
        instructionsMean | The mean of instructions over all runs.
        interval | How often it runs, as the script says it: `1d`.
        isApproximate | Whether what the run read has changed since, so that repeating it is only an approximation.
        isHandled | Whether a handler of the script listens to the event.
        isHeld | Whether the effects wait for somebody's decision.
        isList | Whether the answer is a list.
        isSame | Whether the repeated run did the same.
        kinds | In which ways the outcomes differ.
        last | Only the last so many runs.
        lastHour | How many effects were applied within the last hour.
        lastRun | The last run; null before the first.
        libraries | The libraries that the version requires.
        line | The line in the source, from 1; null if it concerns the whole.
        liveVersion | The number of the version that runs; null if none does.
        log | What the script wrote to its log, a line each.
        matrix | How what rules said compares with what people did.
        memoryPeak | The most memory that was used at once, in bytes.
        microsecondsMean | The mean duration of a run, in microseconds.
        missed | How many runs could not be compared.
        mode | Whether the run counted, or only showed what a version would do.
        newlyReads | Fields that the version reads and the one before didn't.
        nextRunAt | When it runs next.
        noted | How many notes would be written.
        obstacle | Why the run can't be repeated; null if it can.
        onError | What happens to a proposal when the rule itself fails.
        operation | The name of the operation.
        operations | The operations that a script may call.
        other | How many other effects there would be.
        output | What the script printed, a line each.
        parameters | The names of the function's parameters, in order.
        pausedAt | When the script was paused; null if it isn't.
        people | What people decided.
        plannedAt | When the plan was made; null before.
        problems | What is wrong, each with its place.
        processed | How many are done.
        proposals | What rules may refuse or amend before it happens.
        publishedBy | Who published it; null once that account is deleted.
        radius | How much the script may do, and does.
        ranAt | When it ran.
        readFields | The fields of the event that the script reads.
        reads | What the script looked up while it ran, with the answers.
        refused | How many would be refused.
        released | How many were released.
        rows | The rows, each with a value for every column.
        runs | The runs.
        sample | An example of what it gives.
        script | The script that it is about.
        scriptId | The script.
        scriptName | The script's name.
        seconds | How often the handler runs, in seconds; null if it isn't a schedule.
        seed | What the run's random numbers grew from.
        shadow | The version that is tried beside the live one; null if none is.
        shadowSince | Since when a version is tried beside the live one.
        shadowVersion | The number of the version that is tried beside the live one.
        startedAt | When it began; null before.
        subjectKind | The kind of what it is about.
        tables | Tables that the script gave out.
        tenants | How many tenants there are.
        trial | The last trial of the draft; null before the first.
        unchanged | How many would come out the same.
        until | Up to when.
        untried | How many were not tried.
        verdict | What the rules said.
        versions | The published versions, latest first.
        waiting | How many wait.
        would | What the other version would do.
        ConsoleRunStatus.queued | Waits for its turn.
        ConsoleRunStatus.running | Runs.
        ConsoleRunStatus.planned | Has planned its effects and waits for somebody to apply them.
        ConsoleRunStatus.applying | Its effects are being applied.
        ConsoleRunStatus.applied | Its effects were applied.
        ConsoleRunStatus.failed | Failed.
        ConsoleRunStatus.canceled | Was canceled.
        ConsoleRunSummary.appliedAt | When the plan was carried out; null before.
        ConsoleRunSummary.done | How many of the planned effects were done.
        ConsoleRunSummary.refused | How many effects were not done, because their tenant's part of the plan was refused.
        ConsoleRunSummary.source | The source text, in Lua.
        ConsoleRunView.appliedAt | When the plan was carried out; null before.
        ConsoleRunView.source | The source text, in Lua.
        ConsoleTenantStatus.waiting | Not looked at yet.
        ConsoleTenantStatus.planned | Has effects to apply.
        ConsoleTenantStatus.skipped | Was left out.
        ConsoleTenantStatus.applied | The effects were applied.
        ConsoleTenantStatus.unchanged | Nothing is to be done.
        ConsoleTenantStatus.refused | The effects were refused.
        CreateScript.source | The source text, in Lua.
        DeleteStoreValue.key | The name under which rules keep the value.
        DifferenceKind.moved | A move.
        DifferenceKind.refused | A refusal.
        DifferenceKind.amended | An amendment.
        DifferenceKind.noted | A note.
        DifferenceKind.notified | A notification.
        DifferenceKind.other | Another effect.
        DifferenceKind.failed | A failure.
        DryRunScript.source | The source text, in Lua.
        HeldState.waiting | Waits for a decision.
        HeldState.released | Was carried out.
        HeldState.discarded | Was discarded.
        HumanDecision.advanced | Moved on.
        HumanDecision.rejected | Rejected.
        HumanDecision.withdrawn | Withdrawn.
        HumanDecision.undecided | Nothing yet.
        RadiusView.source | Where the limit comes from.
        RadiusView.Source.own | An administrator set it.
        RadiusView.Source.forecast | It follows from the trial before publishing.
        RadiusView.Source.standard | It is the default.
        ReplayMatrixCell.count | How many proposals there were.
        ReplayStatus.queued | Waits for its turn.
        ReplayStatus.running | Runs.
        ReplayStatus.completed | Is done.
        ReplayStatus.canceled | Was canceled.
        ReplayStatus.failed | Failed.
        RunMode.live | It counted.
        RunMode.shadow | It only showed what the version would do.
        RunOutcome.completed | Ran to its end.
        RunOutcome.rejected | Refused the proposal.
        RunOutcome.failed | Failed.
        RunOutcome.refused | Its effects were refused.
        RunOutcome.tooDeep | Was not run: too many rules had set off one another.
        RunReceipt.answers | What the host answered to the script, in order.
        RunnerHook.before | Before it happens, and may refuse or amend it.
        RunnerHook.on | After it happened.
        RunnerHook.every | At fixed intervals.
        RunnerLoad.OnError.block | The proposal is refused.
        RunnerLoad.OnError.allow | The proposal goes through.
        SaveDraft.source | The source text, in Lua.
        ScriptHalt.Kind.disabled | Somebody disabled it.
        ScriptHalt.Kind.switchedOff | It failed too often.
        ScriptHalt.Kind.paused | It did more than its limit allows.
        ScriptKind.rule | Listens to events and proposals.
        ScriptKind.library | Is required by others.
        ScriptOperation.Kind.read | Reads something.
        ScriptOperation.Kind.effect | Does something.
        ScriptStatus.draft | Was never published.
        ScriptStatus.live | Runs.
        ScriptStatus.disabled | Does not run.
        ScriptStatus.deleted | Does not run and is listed only when asked for; its versions, runs and events stay.
        ScriptVersionView.publisherName | The name of whoever published it; null for a system admin, and for somebody without a name.
        ScriptHandler.at | The time of day in the tenant's time zone, such as `07:30`; null if the schedule names none.
        ScriptHandler.days | The days of the week on which it runs, 1 for Monday to 7 for Sunday; null for all.
        ScriptVersionView.source | The source text, in Lua.
        SetStoreValue.key | The name under which rules keep the value.
        StartConsoleRun.source | The source text, in Lua.
        StoreEntry.key | The name under which rules keep the value.
        TrialKind.dryRun | One event was tried.
        TrialKind.replay | Past events were tried.
        Verdict.advance | Move on.
        Verdict.reject | Reject.
        Verdict.none | Nothing.
        EffectFate.happens | It happens, together with the others of its run.
        EffectFate.refused | It is not possible, and so none of its run's effects happen.
        EffectFate.undone | It doesn't happen because another one is refused.
        EffectFate.untried | Its subject is made up: only its arguments were checked.
        PlannedEffect.label | What people call its subject; null if that is not known.
        PlannedEffect.fate | What would become of it.
        StartConsoleRun.allTenants | Runs in every tenant, in place of naming some. False by default.
        """
    )
}
