import Candidates
import Jobs
import Kernel

extension Score {
    /// The score of somebody who applies, by what the job asks.
    init(of applicant: Applicant, for job: Job) {
        self = Scoring.score(
            ScoredProfile(
                headline: applicant.headline,
                titles: applicant.titles,
                skills: applicant.skills,
                years: applicant.yearsOfExperience,
                education: applicant.education,
                location: applicant.location
            ),
            for: JobRequirements(
                title: job.title,
                requiredSkills: job.requirements.requiredSkills.elements.map(\.value),
                preferredSkills: job.requirements.preferredSkills.elements.map(\.value),
                minimumYears: job.requirements.minimumYears.map { Double($0.value) },
                education: job.requirements.education,
                location: job.location,
                isRemote: job.workplace == .remote,
                weights: ScoreWeights(job.requirements.weights)
            )
        )
    }
}

extension ScoreWeights {
    fileprivate init(_ chosen: Requirements.Weights?) {
        let standard = ScoreWeights.standard
        func weight(_ chosen: Bounded<0, 1000>?, else standard: Double) -> Double { chosen.map { Double($0.value) } ?? standard }
        self.init(
            requiredSkills: weight(chosen?.requiredSkills, else: standard.requiredSkills),
            preferredSkills: weight(chosen?.preferredSkills, else: standard.preferredSkills),
            title: weight(chosen?.title, else: standard.title),
            years: weight(chosen?.years, else: standard.years),
            education: weight(chosen?.education, else: standard.education),
            location: weight(chosen?.location, else: standard.location)
        )
    }
}
