package import Kernel

extension Failure {
    package static let jobNotFound = Failure(.notFound, "There is no such job.", code: "JOB_NOT_FOUND")
    package static let pipelineNotFound = Failure(.notFound, "There is no such pipeline.", code: "PIPELINE_NOT_FOUND")
    package static let illegalJobStatus = Failure(.conflict, "The job can't take this status now.", code: "ILLEGAL_JOB_STATUS")
    package static let pipelineInUse = Failure(
        .conflict,
        "The job already has applications in its pipeline.",
        code: "PIPELINE_IN_USE"
    )
    package static let pipelineShared = Failure(
        .forbidden,
        "All companies share this pipeline. Ask the tenant's administrator, or make a pipeline of your own.",
        code: "PIPELINE_SHARED"
    )
    package static let pipelineUsedByOthers = Failure(
        .conflict,
        "Jobs of other companies go through this pipeline.",
        code: "PIPELINE_USED_BY_OTHERS"
    )
    package static let pipelineNameTaken = Failure(.conflict, "There is a pipeline of this name.", code: "PIPELINE_NAME_TAKEN")
    package static let companyUnknown = Failure.validation("companyId", "There is no such company.")
    package static let pipelineUnknown = Failure.validation("pipelineId", "There is no such pipeline.")
}
