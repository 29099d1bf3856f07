package import Kernel

extension Jobs {
    package static var personalTables: [PersonalTable] {
        [
            PersonalTable(
                "jobs",
                .references(["created_by"]),
                .impersonal(["title", "description", "location", "details"])
            ),
            PersonalTable("job_team", .references(["user_id", "added_by", "ended_by"])),
            PersonalTable("pipelines", .impersonal(["name"])),
            PersonalTable("stages", .impersonal(["name", "candidate_name"])),
        ]
    }
}

extension JobCreated {
    package static var personal: [PersonalPart] { [.impersonal("job")] }
}

extension JobUpdated {
    package static var personal: [PersonalPart] { [.impersonal("job")] }
}

extension JobDeleted {
    package static var personal: [PersonalPart] { [.impersonal("job")] }
}

extension TeamChanged {
    package static var personal: [PersonalPart] { [.impersonal("job")] }
}

extension JobPublished {
    package static var personal: [PersonalPart] { [.impersonal("job")] }
}

extension JobClosed {
    package static var personal: [PersonalPart] { [.impersonal("job")] }
}

extension PipelineCreated {
    package static var personal: [PersonalPart] { [.impersonal("pipeline.name")] }
}

extension PipelineChanged {
    package static var personal: [PersonalPart] { [.impersonal("pipeline.name")] }
}
