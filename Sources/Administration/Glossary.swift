package import Kernel

extension Administration {
    package static let glossary = Glossary(
        """
        activity | What happened on each of the last days.
        adminEmail | The address of the tenant's first administrator, who is invited by mail.
        adminFirstName | The first administrator's given name.
        adminLastName | The first administrator's family name.
        administrator | The tenant's first administrator.
        cause | The event that led to this one; null if a person did it directly.
        day | The day, as 2026-01-31, in UTC.
        depth | How much work waits, by state.
        emailVerifiedAt | When a link that was mailed to the address was followed; null before.
        employerSignUp | Whether strangers may register companies of their own.
        failures | The pieces of work that failed for good.
        hash | The hash of this entry and the one before, in hexadecimal, which makes changes show; null until it is sealed.
        host | The host name under which the tenant is reached; null for none of its own.
        oldest | Since when the oldest has been waiting.
        pieces | How many pieces of work there are.
        plan | The plan, which decides limits and features.
        seal | The hash over everything up to there, in hexadecimal.
        sequence | The event's number in its tenant, without gaps; null for the moment until it is given.
        tenantId | The tenant.
        through | The number of the last event concerned.
        usage | How many rows of each kind the tenant has.
        ChangeUser.GrantableRole.candidate | Applies for jobs.
        ChangeUser.GrantableRole.employer | Registers companies.
        ChangeUser.GrantableRole.tenantAdmin | Manages the whole tenant: companies, accounts and rules.
        ChangeUser.Status.active | May sign in.
        ChangeUser.Status.deactivated | May not sign in.
        CreateTenant.code | The tenant's code: letters, digits and hyphens, used at sign-in.
        TenantPlan.free | The free plan.
        TenantPlan.premium | The paid plan.
        TenantPlan.enterprise | The plan for large employers.
        TenantStatus.active | In use.
        TenantStatus.suspended | Nobody but system administrators gets in.
        TenantView.code | The tenant's code, used at sign-in.
        UserRole.candidate | Applies for jobs.
        UserRole.employer | Registers companies.
        UserRole.tenantAdmin | Manages the whole tenant: companies, accounts and rules.
        UserRole.systemAdmin | Manages the installation and its tenants.
        WorkState.waiting | Waits for its turn.
        WorkState.leased | Is being done.
        WorkState.dead | Failed for good.
        ChangeSettings.timeZone | The IANA name of the time zone for rules that run at a time of day, and for letters to people who chose none; null for UTC.
        TenantSettings.timeZone | The IANA name of the time zone for rules that run at a time of day, and for letters to people who chose none; null for UTC.
        UserAccount.companies | The companies that the person works for, by name.
        ChangeSettings.candidatePool | Whether companies find candidates who haven't applied to them; these must have agreed too. `shared` by default.
        TenantSettings.candidatePool | Whether companies find candidates who haven't applied to them; these must have agreed too. `shared` by default.
        """
    )
}
