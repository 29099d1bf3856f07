package import Documents

/// Reads a resume's text into fields by rules alone: the same text and the same day give the same result, without a network.
package struct ResumeParser: Sendable {
    private let today: PartialDate
    private let region: String?
    private let taxonomy: SkillTaxonomy

    /// `today` is the end of ranges that last until now. `region` (ISO 3166-1) is for phone numbers without a country code when the resume
    /// doesn't say where its writer lives.
    package init(today: PartialDate, region: String? = nil, taxonomy: SkillTaxonomy = .standard) {
        self.today = today
        self.region = region
        self.taxonomy = taxonomy
    }

    package func parse(_ document: ExtractedText) -> ParsedResume {
        let prominentLine = document.prominentLine?.cut(to: ParsingLimits.field)
        let sections = ResumeSections(of: document.text.cut(to: ParsingLimits.text), prominentLine: prominentLine)
        let contact = ContactReader(sections: sections, links: Array(document.links.prefix(ParsingLimits.links)))
        let location = LocationReader(sections: sections).location()
        var resume = ParsedResume()
        resume.emails = contact.emails()
        resume.links = contact.profileLinks()
        resume.location = location.map { Confident($0.place.text, $0.confidence) }
        resume.phones = contact.phones(region: location?.place.country ?? sections.country ?? region)
        resume.name = NameReader(sections: sections, prominentLine: prominentLine, emails: resume.emails.map(\.value)).name()
        resume.headline = HeadlineReader(sections: sections, name: resume.name?.value).headline()
        resume.summary = SummaryReader(sections: sections).summary()
        resume.experience = ExperienceReader(lines: sections.lines(of: .experience)).experience()
        resume.education = EducationReader(lines: sections.lines(of: .education)).education()
        resume.skills = SkillsReader(sections: sections, taxonomy: taxonomy).skills()
        resume.languages = LanguagesReader(sections: sections).languages()
        resume.certifications = CertificationsReader(lines: sections.lines(of: .certifications)).certifications()
        resume.totalYearsOfExperience = years(of: resume.experience)
        return resume
    }

    /// Overlapping employments count once. A month named as the end counts as worked.
    private func years(of experience: [WorkExperience]) -> Confident<Double>? {
        let spans = experience.compactMap { entry -> Range<Int>? in
            guard let start = entry.startDate else { return nil }
            let end = entry.isCurrent ? today.monthsSinceZero : entry.endDate?.lastMonth ?? start.lastMonth
            return start.monthsSinceZero <= end ? start.monthsSinceZero..<end + 1 : nil
        }
        guard !spans.isEmpty else { return nil }
        var months = 0
        var covered = Int.min
        for span in spans.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            months += max(0, span.upperBound - max(span.lowerBound, covered))
            covered = max(covered, span.upperBound)
        }
        let dated = Double(spans.count) / Double(experience.count)
        let exact = experience.allSatisfy { $0.startDate?.month != nil }
        return Confident((Double(months) / 12 * 10).rounded() / 10, (exact ? 0.95 : 0.8) * dated)
    }
}
