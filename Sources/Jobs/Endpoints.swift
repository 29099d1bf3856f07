package import Kernel

extension Jobs {
    package var operations: [Operation] {
        [
            Operation(
                .post,
                "/jobs",
                "Create a draft job with its pipeline, questions and custom fields",
                access: .member(.manageJobs),
                failures: [.companyUnknown, .pipelineUnknown],
                status: 201,
                perform: create
            ),
            Operation(
                .get,
                "/jobs",
                "List jobs; candidates see the published ones",
                access: .reader,
                lua: .list("jobs", of: "job"),
                perform: list
            ),
            Operation(
                .get,
                "/jobs/{id}",
                "One job with its questions",
                access: .reader,
                failures: [.jobNotFound],
                lua: .function("job", "id"),
                perform: show
            ),
            Operation(
                .patch,
                "/jobs/{id}",
                "Change a job's details or status",
                access: .member(.manageJobs),
                failures: [
                    .jobNotFound, .companyNotApproved, .illegalJobStatus, .pipelineUnknown, .pipelineInUse, .stale, .ruleRejected,
                ],
                lua: .method("job", "update"),
                perform: update
            ),
            Operation(
                .post,
                "/jobs/{id}/publish",
                "Publish a job",
                access: .member(.manageJobs),
                failures: [.jobNotFound, .companyNotApproved, .illegalJobStatus, .ruleRejected],
                lua: .method("job", "publish"),
                perform: publish
            ),
            Operation(
                .get,
                "/pipelines",
                "List my companies' pipelines and the shared ones",
                access: .member(.viewJobs),
                perform: listPipelines
            ),
            Operation(
                .post,
                "/pipelines",
                "Create a company's pipeline, or a shared one, from its stages in order",
                access: .member(.managePipelines),
                failures: [.pipelineNameTaken, .companyUnknown],
                status: 201,
                perform: createPipeline
            ),
            Operation(
                .patch,
                "/pipelines/{id}",
                "Rename, share or give a pipeline; rename, reorder, add or retire stages",
                access: .member(.managePipelines),
                failures: [.pipelineNotFound, .pipelineNameTaken, .pipelineShared, .pipelineUsedByOthers, .companyUnknown, .stale],
                perform: changePipeline
            ),
        ].openToKeys(reading: .readJobs, writing: .writeJobs)
    }
}
