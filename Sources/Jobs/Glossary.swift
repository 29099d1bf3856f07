package import Kernel

extension Jobs {
    package static let glossary = Glossary(
        """
        addedAt | When they were put on the team with this role.
        addedBy | Who put them on the team; null if the system did.
        channels | Where the job is to be shown.
        closesAt | When applying ends by itself; null for no end.
        customFields | Fields of the company's own, names with values of any kind.
        disqualifying | The answers that rule a candidate out.
        endedAt | When they left the team, or took another role on it; null while they have this one.
        endedBy | Who took them off; null if they left the company.
        employmentType | How the work is arranged.
        isConfidential | Whether only the hiring team and the tenant's administrators know the job; false by default.
        isRequired | Whether it must be answered.
        maximum | The most, in minor units of the currency, such as cents.
        minimum | The least, in minor units of the currency, such as cents.
        minimumYears | The least years of experience asked for.
        openings | How many people are to be hired.
        options | The answers to choose from.
        past | Whether to list the roles that ended, too; false by default.
        pipeline | The pipeline that it is about.
        position | The place in the order, from 0.
        preferredSkills | Skills that are welcome.
        questions | What candidates are asked when they apply.
        requiredSkills | Skills that are needed.
        requirements | What the job asks for, which the score compares resumes with.
        retiredAt | When the stage was taken out of use; null while it is in use.
        salary | The range of the yearly salary, before taxes.
        stages | The stages, in order.
        weights | What each part of the score counts; all the same by default.
        workplace | Where the work is done.
        years | How much the years of experience count.
        EmploymentType.fullTime | Full time.
        EmploymentType.partTime | Part time.
        EmploymentType.contract | As a contractor.
        EmploymentType.temporary | For a limited time.
        EmploymentType.internship | As an intern.
        JobStatus.draft | Only the company sees it.
        JobStatus.published | Everybody sees it and may apply.
        JobStatus.paused | Nobody may apply for a while.
        JobStatus.closed | Nobody may apply any more.
        JobStatus.archived | Put away.
        Question.key | The question's name for programs, to which answers refer.
        Question.text | The question, as candidates read it.
        Question.Kind.text | Any text.
        Question.Kind.yesNo | `yes` or `no`.
        Question.Kind.number | A number.
        Question.Kind.singleChoice | One of the options.
        Requirements.Weights.education | How much the level of education counts.
        Requirements.Weights.requiredSkills | How much the required skills count.
        Requirements.Weights.preferredSkills | How much the preferred skills count.
        Requirements.Weights.location | How much the place counts.
        Requirements.Weights.title | How much earlier job titles count.
        Stage.key | The stage's name for programs: it never changes.
        StageCategory.applied | Has applied and nobody has decided.
        StageCategory.screening | Is being looked at.
        StageCategory.assessment | Is being tested.
        StageCategory.interview | Is being interviewed.
        StageCategory.offer | Has an offer.
        StageCategory.hired | Is hired.
        StageCategory.rejected | Was rejected.
        StageCategory.withdrawn | The candidate withdrew.
        StageChange.key | The stage's name for programs. A new one makes a new stage.
        SetTeamRole.role | What they do on the team.
        TeamChanged.from | The role before; null if they were not on the team.
        TeamChanged.to | The role now; null if they are no longer on the team.
        TeamMember.name | The person's name.
        TeamMember.role | What they do on the team.
        TeamRole.recruiter | Is told of replies and answers for the job.
        TeamRole.coordinator | Organizes, and is told of replies.
        TeamRole.hiringManager | Decides for the department.
        TeamRole.interviewer | Holds interviews.
        Workplace.onsite | At the employer's place.
        Workplace.hybrid | Partly there, partly at home.
        Workplace.remote | Anywhere.
        """
    )
}
