import Approvals
package import Kernel

extension Jobs {
    package var operations: [APIOperation] {
        [
            APIOperation(
                .post,
                "/jobs",
                "Create a draft job with its pipeline, questions and custom fields",
                access: .member(.manageJobs),
                failures: [.companyUnknown, .pipelineUnknown],
                status: 201,
                perform: create
            ),
            APIOperation(
                .get,
                "/jobs",
                "List jobs; candidates see the published ones",
                access: .reader,
                lua: .list("jobs", of: "job"),
                perform: list
            ),
            APIOperation(
                .get,
                "/jobs/{id}",
                "One job with its questions",
                access: .reader,
                failures: [.jobNotFound, .jobNotOpen],
                lua: .function("job", "id"),
                perform: show
            ),
            APIOperation(
                .patch,
                "/jobs/{id}",
                "Change a job's details or status",
                access: .member(.manageJobs),
                failures: [
                    .jobNotFound, .companyNotApproved, .illegalJobStatus, .pipelineUnknown, .pipelineInUse, .approvalRequired,
                    .approvalPending,
                    .changeNeedsApproval, .stale, .ruleRejected,
                ],
                lua: .method("job", "update"),
                perform: update
            ),
            APIOperation(
                .delete,
                "/jobs/{id}",
                "Delete a job that nobody has applied to",
                access: .member(.manageJobs),
                failures: [.jobNotFound, .jobHasApplications],
                perform: delete
            ),
            APIOperation(
                .post,
                "/jobs/{id}/publish",
                "Publish a job",
                access: .member(.manageJobs),
                failures: [.jobNotFound, .companyNotApproved, .illegalJobStatus, .approvalRequired, .approvalPending, .ruleRejected],
                lua: .method("job", "publish"),
                perform: publish
            ),
            APIOperation(
                .post,
                "/jobs/{id}/approval",
                "Ask for the approval that a job needs before it is published",
                access: .member(.manageJobs),
                failures: [.jobNotFound, .illegalJobStatus, .approvalNotNeeded, .ruleRejected],
                perform: askApproval
            ),
            APIOperation(
                .get,
                "/jobs/{id}/team",
                "A job's hiring team, and with `past` everybody who was on it",
                access: .member(.viewJobs),
                failures: [.jobNotFound],
                perform: listTeam
            ),
            APIOperation(
                .put,
                "/jobs/{id}/team/{userId}",
                "Put somebody of the company on a job's hiring team, or give them another role on it",
                access: .member(.manageJobs),
                failures: [.jobNotFound, .teamFull],
                perform: setTeamRole
            ),
            APIOperation(
                .delete,
                "/jobs/{id}/team/{userId}",
                "Take somebody off a job's hiring team",
                access: .member(.manageJobs),
                failures: [.jobNotFound, .notOnTeam],
                perform: leaveTeam
            ),
            APIOperation(
                .get,
                "/pipelines",
                "List my companies' pipelines and the shared ones",
                access: .member(.viewJobs),
                perform: listPipelines
            ),
            APIOperation(
                .get,
                "/pipelines/{id}",
                "One pipeline with its stages",
                access: .member(.viewJobs),
                failures: [.pipelineNotFound],
                perform: showPipeline
            ),
            APIOperation(
                .post,
                "/pipelines",
                "Create a company's pipeline, or a shared one, from its stages in order",
                access: .member(.managePipelines),
                failures: [.pipelineNameTaken, .companyUnknown],
                status: 201,
                perform: createPipeline
            ),
            APIOperation(
                .patch,
                "/pipelines/{id}",
                "Rename or share a pipeline, or give it to a company; rename, reorder, add or retire stages",
                access: .member(.managePipelines),
                failures: [.pipelineNotFound, .pipelineNameTaken, .pipelineShared, .pipelineUsedByOthers, .companyUnknown, .stale],
                perform: changePipeline
            ).example([
                "name": "Engineers",
                "stages": [
                    ["name": "Applied", "category": "applied"],
                    ["name": "Trial day", "category": "interview", "candidateName": "Getting to know"],
                    ["name": "Offer", "category": "offer"], ["name": "Hired", "category": "hired"],
                    ["name": "Rejected", "category": "rejected"], ["name": "Withdrawn", "category": "withdrawn"],
                ],
            ]),
        ].openToKeys(reading: .readJobs, writing: .writeJobs)
    }
}
