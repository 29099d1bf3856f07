package import Kernel

extension Failure {
    package static let tenantCodeTaken = Failure(.conflict, "A tenant with this code already exists.", code: "TENANT_CODE_TAKEN")
    package static let tenantHostTaken = Failure(.conflict, "This host name already belongs to another tenant.", code: "TENANT_HOST_TAKEN")
    package static let ownTenant = Failure(.conflict, "You can't suspend the tenant that you are signed in to.", code: "OWN_TENANT")
    package static let systemAdministrator = Failure(
        .conflict,
        "Only another system administrator can change this account.",
        code: "SYSTEM_ADMINISTRATOR"
    )
    package static let workNotFound = Failure(.notFound, "Failed work not found.", code: "WORK_NOT_FOUND")
    package static let workAlreadyWaits = Failure(.conflict, "The same work is already queued.", code: "WORK_ALREADY_WAITS")
}
