package import Kernel

extension Applications {
    package static let glossary = Glossary(
        """
        actorId | The account that did it; null if a rule or the system did.
        actorName | The name of who did it, as it is now.
        authorId | Who wrote it; null once that account is deleted.
        awaited | The interviewers whose scorecards are still missing.
        cards | The applications in the column, the first of them.
        causeId | The event that led to this one; null if a person did it directly.
        components | The parts of the score and how each came about.
        criteria | Ratings by criterion, 1 to 5 each.
        details | Facts of the event, by name.
        durationMinutes | How long it lasts, in minutes.
        endsAt | When it ends.
        explanation | How the part came about, in words.
        feedback | What came of it, in words for colleagues.
        fromCategory | What the stage before means.
        field | The field of the request that the failure is about, such as `ids.3`, `status` or `reason`.
        given | How many criteria were rated.
        group | The moves that were made together, by a name with which to undo them; null for a single one.
        ids | The identifiers.
        interview | The interview that it is about.
        interviewId | The interview that it belongs to.
        interviewers | The members who hold the interview.
        matched | What of the requirement was found.
        meetingURL | The address of the video call.
        missing | What of the requirement was not found.
        notes | What members wrote about the application.
        recommendation | What the interviewer advises.
        score | The points of this part, 0 to 100.
        scorecards | What interviewers wrote down.
        sendAt | When it will be sent.
        stage | The stage.
        startsAt | When it begins.
        tag | The tag.
        to | Where it goes.
        weight | What the part counts in the whole.
        Answer.key | The key of the question.
        Answer.value | The answer: a text, a number, yes or no, or one of the options.
        Application.appliedAt | When the candidate applied.
        Application.source | Where the candidate heard of the job.
        ApplicationFact.appliedAt | When the candidate applied.
        ApplicationFact.source | Where the candidate heard of the job.
        ApplicationRated.given | The rating that was given, 1 to 5.
        ApplicationSummary.appliedAt | When the candidate applied.
        ApplicationView.appliedAt | When the candidate applied.
        ApplicationView.id | The application's identifier.
        ApplicationView.source | Where the candidate heard of the job.
        ApplyToJob.source | Where the candidate heard of the job.
        Board.Column.count | How many applications the stage has.
        ChangeInterview.location | Where the interview is, in words.
        Interview.location | Where the interview is, in words.
        InterviewKind.phone | By telephone.
        InterviewKind.video | By video.
        InterviewKind.onsite | At the employer's place.
        InterviewKind.technical | About the work itself.
        InterviewKind.behavioral | About ways of working.
        InterviewKind.panel | With several interviewers.
        InterviewOutcome.pending | Nothing is decided.
        InterviewOutcome.passed | It went well.
        InterviewOutcome.rejected | It did not go well.
        InterviewOutcome.cancelled | It was called off.
        InterviewView.location | Where the interview is, in words.
        ListApplications.Sort.updated | Last changed first.
        ListApplications.Sort.waiting | Longest in its stage first.
        ListApplicationsOfJob.Sort.newest | Latest first.
        ListApplicationsOfJob.Sort.oldest | Earliest first.
        ListApplicationsOfJob.Sort.score | Best score first.
        ListApplicationsOfJob.Sort.rating | Best rating first.
        MoveManyApplications.ids | The applications to move, at most 100, each once.
        MoveResult.id | The application.
        MoveResult.moved | Whether the application was moved.
        MoveResult.error | Why the application wasn't moved; null if it was.
        Note.text | What the member wrote.
        NoteKind.general | Anything.
        NoteKind.communication | What was said to the candidate.
        NoteKind.preparation | For an interview to come.
        NoteKind.research | What was found out.
        NoteKind.follow_up | What is to be done.
        OfferStatus.pending | Waits for the candidate's answer.
        OfferStatus.negotiating | The two sides are talking about it.
        OfferStatus.accepted | The candidate accepted.
        OfferStatus.declined | The candidate declined.
        OfferStatus.expired | Its time ran out.
        Recommendation.strongNo | Certainly not.
        Recommendation.no | Rather not.
        Recommendation.yes | Rather yes.
        Recommendation.strongYes | Certainly.
        ScheduleInterview.location | Where the interview is, in words.
        ScoreComponent.Kind.requiredSkills | The required skills.
        ScoreComponent.Kind.preferredSkills | The preferred skills.
        ScoreComponent.Kind.title | Earlier job titles.
        ScoreComponent.Kind.years | Years of experience.
        ScoreComponent.Kind.education | The level of education.
        ScoreComponent.Kind.location | The place.
        Scorecard.ratings | Ratings by criterion, 1 (poor) to 5 (excellent).
        SubmitScorecard.ratings | Ratings by criterion, 1 (poor) to 5 (excellent).
        ApplicationRenewed.replacedLetter | The cover letter that the renewed application had before; null if it had none.
        ApplicationStatusChanged.undoes | The move that this one takes back; null for an ordinary move.
        ApplicationView.duplicates | Others whom the reader knows of and who may be the same person, at most 10; for members only.
        ApplicationView.allowedMoves | The keys of the stages to which it may move now.
        GivenAnswer.question | The question as it was asked when it was answered.
        Note.editedAt | When its author last changed it; null if nobody did.
        NoteChanged.noteId | The note.
        NoteDeleted.noteId | The note.
        Offer.acceptedVersion | The version of the terms that the candidate accepted; null until then.
        Offer.reply | What the candidate answered, in their words.
        Offer.termsVersion | The version of the terms, from 1; it rises when the employer changes them.
        OfferEntry.at | When it was said or done.
        OfferEntry.authorName | Who did it, by their name at the time; null for the system.
        OfferEntry.side | Whose words they are.
        OfferFact.reply | What the candidate answered, in their words.
        OfferSide.candidate | The candidate.
        OfferSide.employer | The employer.
        OfferSide.system | The server, such as when time ran out.
        OfferView.acceptedVersion | The version of the terms that the candidate accepted; null until then.
        OfferView.history | What each side said and did, in order.
        OfferView.reply | What the candidate answered, in their words.
        OfferView.termsVersion | The version of the terms, from 1; it rises when the employer changes them.
        AnswerInterview.answer | Whether the person comes.
        AnswerInvitation.answer | Whether the person comes.
        InterviewAnswer.answer | Whether the person comes.
        InterviewAnswer.answeredAt | When the answer was given.
        InterviewAnswer.isCandidate | Whether it is the candidate's answer; otherwise it is an interviewer's.
        InterviewAnswered.answer | Whether the person comes.
        InterviewAnswered.isCandidate | Whether it is the candidate's answer; otherwise it is an interviewer's.
        InterviewClash.userIds | Who can't be at both interviews.
        InterviewReply.accepted | The person comes.
        InterviewReply.declined | The person doesn't come.
        InterviewReply.tentative | The person may come.
        InterviewView.clashes | Other interviews at the same time, with those who would have to be at both.
        InvitationView.answer | What the person answered; null until they do.
        InvitationView.isCanceled | Whether the interview was called off.
        Application.companyName | The name of the company that was applied to.
        ApplicationSummary.isDisqualified | Whether an answer rules the candidate out; null for the candidate.
        ApplicationSummary.source | Where the candidate came from, in their own or the posting's words; null if nobody said.
        ListApplications.isDisqualified | Only applications with an answer that rules out, or only those without one.
        ListApplications.q | Words, all of which must be in the applicant's name, headline and skills, or in the job's title. Case and accents make no difference.
        ListApplications.source | Only applications from this source. Case and accents make no difference.
        ListApplicationsOfJob.isDisqualified | Only applications with an answer that rules out, or only those without one.
        ListApplicationsOfJob.q | Words, all of which must be in the applicant's name, headline and skills, or in the resume that came with the application. Case and accents make no difference.
        ListApplicationsOfJob.skills | Only applicants with all of these skills. Case and accents make no difference.
        ListApplicationsOfJob.source | Only applications from this source. Case and accents make no difference.
        ListApplicationsOfJob.tag | Only applications with this tag. Case and accents make no difference.
        Note.authorId | The member who wrote it; null when a rule did.
        Note.authorName | The name of the member who wrote it; null when a rule did, or when the member's name was erased.
        RetiredQuestion.answers | How many applications have an answer to it.
        RetiredQuestion.key | The question's key; the job may use it for another question now.
        RetiredQuestion.kind | What kind of answer it asked for.
        RetiredQuestion.lastAnsweredAt | When the last application with an answer to it came in.
        RetiredQuestion.options | The answers that could be chosen; null if it asked for no choice.
        RetiredQuestion.text | The question as it was asked.
        """
    )
}
