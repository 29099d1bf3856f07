package import Kernel

extension Failure {
    package static let tenantCodeTaken = Failure(.conflict, "There is a tenant with this code.", code: "TENANT_CODE_TAKEN")
    package static let tenantHostTaken = Failure(.conflict, "This name leads to another tenant already.", code: "TENANT_HOST_TAKEN")
    package static let ownTenant = Failure(.conflict, "You can't suspend the tenant that you are signed in to.", code: "OWN_TENANT")
    package static let systemAdministrator = Failure(
        .conflict,
        "Somebody who runs the installation is changed by another such person only.",
        code: "SYSTEM_ADMINISTRATOR"
    )
    package static let workNotFound = Failure(.notFound, "There is no such piece of failed work.", code: "WORK_NOT_FOUND")
    package static let workAlreadyWaits = Failure(.conflict, "The same work waits in the queue already.", code: "WORK_ALREADY_WAITS")
}
