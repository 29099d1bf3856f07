package import Kernel

extension Companies {
    package static let glossary = Glossary(
        """
        approvalReason | Why the company was approved or rejected, in the administrator's words.
        averageRating | The mean of all ratings, 1 to 5; null while there are none.
        company | The company that it is about.
        founder | Who registered the company; null once that account is deleted.
        industry | The line of business.
        member | The member that it is about.
        website | The address of the website.
        ChangeMember.Status.active | May sign in.
        ChangeMember.Status.deactivated | May not sign in.
        CompanyRole.recruiter | Makes jobs and leads applications through their stages.
        CompanyRole.hiringManager | Looks at applications, rates them and interviews.
        CompanyRole.companyAdmin | Also manages the company, its members and offers.
        CompanySize.1-10 | 1 to 10 people.
        CompanySize.11-50 | 11 to 50 people.
        CompanySize.51-200 | 51 to 200 people.
        CompanySize.201-500 | 201 to 500 people.
        CompanySize.501-1000 | 501 to 1,000 people.
        CompanySize.1001-5000 | 1,001 to 5,000 people.
        CompanySize.5001+ | More than 5,000 people.
        CompanyView.size | How many people work there.
        CreateCompany.size | How many people work there.
        MemberStatus.active | Works for the company.
        MemberStatus.invited | Has not accepted the invitation yet.
        MemberStatus.deactivated | Doesn't work for the company any more.
        UpdateCompany.size | How many people work there.
        MemberStatus.withdrawn | The invitation was taken back before it was accepted.
        MemberView.invitation | What became of the last invitation; absent if the member was never invited, but founded the company.
        """
    )
}
