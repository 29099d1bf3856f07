package import Kernel

extension Resumes {
    package static let glossary = Glossary(
        """
        bullets | What was done there, a line each.
        certifications | Certificates and licenses, as written.
        confidence | How sure the reading is, 0 to 1.
        degree | The degree or qualification, in the resume's words.
        emails | E-mail addresses, the likeliest first.
        employer | The employer's name, in the resume's words.
        endDate | The last month, as 2026-01, or year; null for what goes on or isn't known.
        field | The subject of study, in the resume's words.
        fileName | The name under which the file was uploaded, without folders.
        institution | The school or university, in the resume's words.
        languages | The languages that the person speaks.
        level | The level.
        linkedinUrl | The address of the person's LinkedIn profile.
        links | Profiles and pages elsewhere.
        mediaType | The file's media type, found from its content.
        parsed | What was read from the file: a proposal for its owner to confirm. Null until then.
        resume | The resume that it is about.
        startDate | The first month, as 2026-01, or year; null if it isn't known.
        totalYearsOfExperience | The years of all employments; those at the same time count once.
        url | The address.
        EducationLevel.highSchool | Finished school.
        EducationLevel.certificate | A vocational training or certificate.
        EducationLevel.associate | An associate degree.
        EducationLevel.bachelor | A bachelor's degree.
        EducationLevel.master | A master's degree or diploma.
        EducationLevel.doctorate | A doctorate.
        EducationRecord.level | The level of the degree.
        ListResumes.SortBy.createdAt | By when they were made.
        ListResumes.SortBy.updatedAt | By when they were last changed.
        ListResumes.SortBy.title | By title.
        ListResumes.SortOrder.asc | Upwards.
        ListResumes.SortOrder.desc | Downwards.
        ParsedResume.skills | Skills, in the resume's words.
        ParsedResume.education | Degrees and schools, latest first.
        ProfileLink.Kind.linkedin | A LinkedIn profile.
        ProfileLink.Kind.github | A GitHub profile.
        ProfileLink.Kind.web | Another page.
        Resume.size | The file's size in bytes.
        ResumeSkill.category | The field that the skill belongs to; null for one that isn't in the taxonomy.
        ResumeStatus.uploaded | Is being read.
        ResumeStatus.parsed | Was read.
        ResumeStatus.failed | Could not be read.
        ResumeView.size | The file's size in bytes.
        SkillCategory.programming | Programming.
        SkillCategory.web | The web.
        SkillCategory.data | Data.
        SkillCategory.infrastructure | Servers and networks.
        SkillCategory.security | Security.
        SkillCategory.office | Office work.
        SkillCategory.design | Design.
        SkillCategory.management | Management.
        SkillCategory.marketing | Marketing.
        SkillCategory.sales | Sales.
        SkillCategory.finance | Finance.
        SkillCategory.people | Personnel.
        SkillCategory.legal | Law.
        SkillCategory.healthcare | Health.
        SkillCategory.education | Education.
        SkillCategory.engineering | Engineering.
        SkillCategory.trades | Crafts.
        SkillCategory.logistics | Logistics.
        SkillCategory.hospitality | Hotels and restaurants.
        SkillCategory.personal | Personal strengths.
        SkillCategory.language | Spoken languages.
        SpokenLanguage.level | How well it is spoken, in the resume's words.
        WorkExperience.location | Where it was.
        WorkExperience.isCurrent | Whether it goes on.
        """
    )
}
