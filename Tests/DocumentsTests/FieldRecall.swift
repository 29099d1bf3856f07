import ResumeParsing

/// How many of the facts in a resume the parser finds, field by field.
struct FieldRecall {
    private(set) var found: [String: Int] = [:]
    private(set) var expected: [String: Int] = [:]
    private(set) var misses: [String] = []

    mutating func compare(_ resume: ParsedResume, with fixture: ResumeFixture) {
        let truth = fixture.truth
        check("name", truth.name, [resume.name?.value], fixture)
        check("headline", truth.headline, [resume.headline?.value], fixture)
        check("location", truth.location, [resume.location?.value], fixture)
        for email in truth.emails { check("emails", email, resume.emails.map(\.value), fixture) }
        for phone in truth.phones { check("phones", phone, resume.phones.map(\.value), fixture) }
        for link in truth.links { check("links", Self.bare(link), resume.links.map { Self.bare($0.url) }, fixture) }
        if truth.hasSummary { count("summary", resume.summary != nil, "none", fixture) }
        for skill in truth.skills { check("skills", skill, resume.skills.map(\.name), fixture) }
        for language in truth.languages { check("languages", language, resume.languages.map(\.language), fixture) }
        for certificate in truth.certifications { check("certifications", certificate, resume.certifications.map(\.value), fixture) }
        for (index, work) in truth.experience.enumerated() { compare(work, at: index, resume, fixture) }
        for (index, study) in truth.education.enumerated() { compare(study, at: index, resume, fixture) }
    }

    func share(of field: String) -> Double {
        Double(found[field] ?? 0) / Double(expected[field] ?? 1)
    }

    var total: Double {
        Double(found.values.reduce(0, +)) / Double(expected.values.reduce(0, +))
    }

    var table: String {
        expected.keys.sorted().map { "\($0) \(found[$0] ?? 0)/\(expected[$0] ?? 0)" }.joined(separator: ", ")
    }

    private mutating func compare(_ work: ResumeFixture.Truth.Work, at index: Int, _ resume: ParsedResume, _ fixture: ResumeFixture) {
        let entry = resume.experience.indices.contains(index) ? resume.experience[index] : nil
        check("experience.employer", work.employer, [entry?.employer], fixture)
        check("experience.title", work.title, [entry?.title], fixture)
        count("experience.dates", entry?.startDate == work.startDate && entry?.endDate == work.endDate, "\(work.startDate as Any)", fixture)
        count("experience.bullets", entry?.bullets.count == work.bullets, "\(entry?.bullets ?? [])", fixture)
    }

    private mutating func compare(_ study: ResumeFixture.Truth.Study, at index: Int, _ resume: ParsedResume, _ fixture: ResumeFixture) {
        let record = resume.education.indices.contains(index) ? resume.education[index] : nil
        check("education.institution", study.institution, [record?.institution], fixture)
        check("education.degree", study.degree, [record?.degree], fixture)
        check("education.field", study.field, [record?.field], fixture)
        count(
            "education.dates",
            record?.startDate == study.startDate && record?.endDate == study.endDate,
            "\(study.endDate as Any)",
            fixture
        )
    }

    private mutating func check(_ field: String, _ value: String?, _ read: [String?], _ fixture: ResumeFixture) {
        guard let value else { return }
        count(field, read.contains(value), "\(value) in \(read.compactMap(\.self))", fixture)
    }

    private mutating func count(_ field: String, _ isFound: Bool, _ miss: String, _ fixture: ResumeFixture) {
        expected[field, default: 0] += 1
        if isFound { found[field, default: 0] += 1 } else { misses.append("\(fixture.name) \(field): \(miss)") }
    }

    private static func bare(_ url: String) -> String {
        url.replacing("https://", with: "").replacing("www.", with: "")
    }
}
