extension Glossary {
    /// Names that several capabilities use in one meaning.
    package static let shared = Glossary(
        """
        about | The number or name of what the message was about.
        actor | Who did it.
        after | Only what comes after this number; 0, the default, begins at the start.
        amount | The amount in minor units of the currency, such as cents; at most 2^53.
        answers | The answers to the job's questions.
        applicant | What is known of the person who applied.
        application | The application that it is about.
        applicationId | The application that it is about.
        appliedAfter | Only applications that came in after this moment.
        appliedAt | When it was applied for or carried out.
        approval | Whether the tenant's administrators let the company work: new ones wait for that.
        atsScore | How well the resume fits the job's requirements, 0 to 100; null until it is read.
        attempts | How often it was tried.
        baseSalary | The yearly salary before taxes.
        benefits | What comes on top, in words.
        bonus | The yearly bonus in minor units of the salary's currency.
        candidate | The candidate that it is about.
        candidateId | The candidate that it is about.
        candidateName | The candidate's name.
        category | What a stage of this kind means for an application, whatever the stage is called.
        changed | The names of the fields that changed.
        code | A short name of its own, used in addresses and at sign-in.
        columns | The columns, in order.
        comment | Words of explanation, for people.
        companyId | The company that it belongs to.
        companyName | The company's name.
        count | How many there are.
        country | The country, two letters by ISO 3166-1.
        coverLetter | What the candidate wrote to the employer.
        createdAt | When it was made.
        createdBy | Who made it.
        currency | The currency, three letters by ISO 4217.
        cursor | Where to go on: the `nextCursor` of the page before. Without it the list begins at its start.
        data | The answer.
        department | The department of the company.
        description | What it is, in words for people.
        disqualifiedBy | The keys of the questions whose answers rule the candidate out.
        education | The level of education.
        email | The e-mail address.
        endedBefore | Only interviews that ended before this moment.
        equity | Shares or options, in words.
        error | What went wrong; null if nothing did.
        event | The name of the event or proposal.
        events | The events, in order.
        experience | Employments, latest first.
        experienceMax | Only candidates with at most so many years of experience.
        experienceMin | Only candidates with at least so many years of experience.
        expiresAt | When it ends by itself; null for no end.
        file | The file itself.
        firstName | The given name.
        formerId | The one that it was before.
        from | Where it was before.
        headline | What the person does, in a few words.
        holds | What the account has, by kind.
        ifMatch | The version that you have seen, as its ETag names it.
        id | The identifier, a UUID.
        inApp | Whether to be told inside the application.
        isAtLeast | Whether there are more than the number says: counting stops there.
        isCurrent | Whether it is the present one.
        isOpen | Only what is still going on, or only what isn't.
        items | The entries of this page, in the order asked for.
        job | The job that it is about.
        jobId | The job that it is about.
        jobTitle | The job's title.
        key | The name by which it is found.
        kind | What kind it is.
        label | A short name for people.
        lacksScorecards | Only interviews for which scorecards are missing, or only those for which none is.
        language | The language.
        lastActiveAt | When the person last did something.
        lastName | The family name.
        lastSignInAt | When the person last signed in; null before the first time.
        limit | The most entries on a page. 20 by default, at most 100.
        location | The place, in words: a town, with its state or country.
        logoUrl | The address of the logo.
        mean | The mean.
        message | Words for the other side.
        meta | When and under which name the request was answered.
        minScore | Only applications with at least this score, 0 to 100.
        moved | Whether it was moved.
        movedAfter | Only applications that reached their stage after this moment.
        movedAt | When the application reached its stage.
        movedBefore | Only applications that reached their stage before this moment.
        name | The name.
        next | The number to go on after.
        nextCursor | Where to go on, as `cursor` of the next request; null on the last page.
        notified | How many people would be notified.
        number | The number, counted from 1.
        occurredAt | When it happened.
        offer | The offer that it is about.
        outcome | How it ended.
        page | The page, from 1, which is the default.
        pages | How many pages there are.
        pagination | Which page this is, of how many.
        password | The password.
        payload | What the event says, by its schema.
        peak | The most within one hour.
        phones | Telephone numbers, in E.164: `+4930901820`.
        pipelineId | The pipeline, which has the stages of the hiring.
        preferences | What the person looks for.
        problem | What is wrong with it; null if nothing is.
        publishedAfter | Only jobs that were published after this moment.
        publishedAt | When it was published; null before.
        q | Words to look for, without regard to case and accents.
        rating | The rating, 1 (poor) to 5 (excellent).
        ratings | The ratings, 1 (poor) to 5 (excellent).
        reason | Why, in words for people.
        registeredAt | When the account was registered.
        requestId | The name of the request in the server's log.
        requestedBy | Who asked for it.
        resumeId | The resume that goes with the application.
        role | The role, which decides what the person may do.
        roles | The roles of the account.
        run | The run.
        schema | The number or shape of the payload's schema.
        search | Words to look for, without regard to case.
        settings | The settings.
        since | Since when.
        size | The size.
        skills | What the person can do.
        sort | The order of the entries.
        sortBy | What the entries are ordered by. `createdAt` by default.
        sortOrder | The direction of the order. `desc` by default.
        source | Where it came from.
        stageName | The stage's name in the pipeline.
        startsAfter | Only interviews that begin after this moment.
        startsOn | The first day of work.
        state | How it stands.
        status | How it stands.
        subject | What it is about.
        subjectId | What it is about.
        success | Always true: it was done.
        summary | What it is, in a sentence.
        tags | Labels that the employer gave it.
        tenant | The tenant.
        tenantCode | The tenant's code.
        text | The words.
        timestamp | When the answer was made.
        title | The title.
        total | How many there are altogether.
        triedAt | When it was last tried; null before the first time.
        updatedAt | When it was last changed.
        user | The account that it is about.
        userId | The account.
        value | The value.
        version | The version, from 1, which `If-Match` names; it rises with each change.
        withoutTag | Only applications that do not have this tag.
        yearsOfExperience | How many years the person has worked.
        APIOperation.LuaName.Audience.everyone | Tenants' rules and the console's scripts.
        APIOperation.LuaName.Audience.console | The console's scripts only.
        BucketAddress.Problem.code | What went wrong, for programs.
        Descriptor.Failed.run | The run.
        KeyScope.applications:read | Reads applications, their notes and interviews.
        KeyScope.applications:write | Moves, rates and tags applications.
        KeyScope.candidates:read | Reads candidates' profiles and resumes.
        KeyScope.companies:read | Reads companies.
        KeyScope.companies:write | Changes companies.
        KeyScope.events:read | Reads the event log.
        KeyScope.jobs:read | Reads jobs and pipelines.
        KeyScope.jobs:write | Makes, changes and publishes jobs.
        KeyScope.mail:read | Reads what mail went out.
        KeyScope.mail:write | Sends mail again.
        KeyScope.members:read | Reads who works for a company.
        KeyScope.notifications:write | Sends notifications.
        KeyScope.presence:read | Reads who is online.
        KeyScope.rules:read | Reads rules and their runs.
        KeyScope.rules:write | Changes and publishes rules.
        KeyScope.users:read | Reads accounts.
        KeyScope.* | Allows `%`.
        Language.en | English.
        Language.de | German.
        Page.Pagination.limit | The most entries on a page.
        Page.Pagination.total | How many entries there are; if `isAtLeast`, there are more.
        Page.Pagination.isAtLeast | Whether there are more than `total`: counting stops at 10,000.
        Role.candidate | Applies for jobs.
        Role.employer | Registers companies.
        Role.recruiter | Makes jobs and leads applications through their stages.
        Role.hiringManager | Looks at applications, rates them and interviews.
        Role.companyAdmin | Also manages the company, its members and offers.
        Role.tenantAdmin | Manages the whole tenant: companies, accounts and rules.
        Role.systemAdmin | Manages the installation and its tenants.
        Tier.free | The free plan.
        Tier.premium | The paid plan.
        Tier.enterprise | The plan for large employers.
        """
    )
}
