package import Kernel

extension Sourcing {
    package static let glossary = Glossary(
        """
        CandidateImport.alreadyThere | How many lines name somebody whom the company knows already.
        CandidatesImported.alreadyThere | How many lines name somebody whom the company knows already.
        ImportLineView.candidateId | The candidate.
        InviteCandidate.candidateId | The candidate.
        CandidateImport.columns | Which column, by its heading, says what; the keys are names of fields.
        CandidateImport.created | How many lines added somebody, or would.
        CandidatesImported.created | How many lines added somebody, or would.
        CandidateImport.dryRun | Whether the import only says what would become of the lines. False by default.
        StartImport.dryRun | Whether the import only says what would become of the lines. False by default.
        AddedCandidate.duplicates | Others whom the reader knows of and who may be the same person, at most 10, those with the most in common first.
        ProposedCandidate.duplicates | Others whom the reader knows of and who may be the same person, at most 10, those with the most in common first.
        ImportLineView.field | The field of the line that is refused.
        hasAccount | Whether the candidate has an account, and sees what is kept of them.
        ignoredColumns | Headings of columns that nothing is taken from.
        importId | The import.
        ImportLineView.line | The line's number in the file, from 1.
        CandidateImport.lines | How many lines the file has below its heading.
        StartImport.mapping | An object of fields and headings, as JSON, for columns that aren't called like what they say.
        ImportLineView.outcome | What became of the line; absent until it has been looked at.
        CandidateImport.refused | How many lines are refused.
        CandidatesImported.refused | How many lines are refused.
        AddedCandidate.resumeId | The resume that the candidate was added with; absent if there was none.
        ImportLineView.values | What the line says, by field.
        AddedCandidate.applicationId | The application that the candidate was entered with, in the answer of adding them.
        CandidateImport.Status.completed | All lines are done.
        CandidateImport.Status.running | Lines are still being looked at.
        ImportOutcome.alreadyThere | The company knows somebody with this address, or with this name and number, or an earlier line has them.
        ImportOutcome.created | The candidate was added, or would be.
        ImportOutcome.refused | A field cannot be; the line says which and why.
        KeyScope.candidates:write | Adds, imports and invites candidates.
        ListLines.cursor | The line after which to read on.
        ListLines.outcome | Only lines that became this.
        """
    )
}
