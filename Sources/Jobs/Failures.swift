package import Kernel

extension Failure {
    package static let jobNotFound = Failure(.notFound, "Job not found.", code: "JOB_NOT_FOUND")
    package static let jobClosed = Failure(.conflict, "This job is closed and takes no applications.", code: "JOB_CLOSED")
    /// For whoever has the link of a job that was open.
    package static let jobNotOpen = Failure(.notFound, jobClosed.message, code: jobClosed.code)
    package static let jobHasApplications = Failure(
        .conflict,
        "Somebody has applied to this job. Close or archive it instead.",
        code: "JOB_HAS_APPLICATIONS"
    )
    package static let changeNeedsApproval = Failure(
        .conflict,
        "These terms have to be approved: pause the job, change them, and ask for approval before you publish it again.",
        code: "CHANGE_NEEDS_APPROVAL"
    )
    package static let notOnTeam = Failure(.notFound, "They are not on the hiring team.", code: "NOT_ON_TEAM")
    package static let teamFull = Failure(.conflict, "A hiring team has at most 100 people.", code: "TEAM_FULL")
    package static let pipelineNotFound = Failure(.notFound, "Pipeline not found.", code: "PIPELINE_NOT_FOUND")
    package static let illegalJobStatus = Failure(.conflict, "The job can't change to this status now.", code: "ILLEGAL_JOB_STATUS")
    package static let pipelineInUse = Failure(
        .conflict,
        "The job already has applications in its pipeline.",
        code: "PIPELINE_IN_USE"
    )
    package static let pipelineShared = Failure(
        .forbidden,
        "All companies share this pipeline. Ask the tenant's administrator, or create one of your own.",
        code: "PIPELINE_SHARED"
    )
    package static let pipelineUsedByOthers = Failure(
        .conflict,
        "Jobs of other companies use this pipeline.",
        code: "PIPELINE_USED_BY_OTHERS"
    )
    package static let pipelineNameTaken = Failure(.conflict, "A pipeline with this name already exists.", code: "PIPELINE_NAME_TAKEN")
    package static let companyUnknown = Failure.validation("companyId", "Company not found.")
    package static let pipelineUnknown = Failure.validation("pipelineId", "Pipeline not found.")
}
