import Documents
package import Kernel

extension Failure {
    package static let invalidCredentials = Failure(
        .unauthorized,
        "The e-mail address or the password is wrong.",
        code: "INVALID_CREDENTIALS"
    )
    /// For somebody who named no tenant: the address may have accounts in several.
    package static let invalidCredentialsOrTenant = Failure(
        .unauthorized,
        "\(invalidCredentials.message) If you have accounts with several organizations, name the tenant, too.",
        code: invalidCredentials.code
    )
    package static let refreshTokenInvalid = Failure(
        .unauthorized,
        "The refresh token is no longer valid. Sign in again.",
        code: "REFRESH_TOKEN_INVALID"
    )
    package static let emailTaken = Failure(.conflict, "An account with this e-mail address already exists.", code: "EMAIL_TAKEN")
    package static let usernameTaken = Failure(.conflict, "An account with this user name already exists.", code: "USERNAME_TAKEN")
    package static let tenantNotFound = Failure(.notFound, "Tenant not found.", code: "TENANT_NOT_FOUND")
    /// For a tenant that was named in a field.
    package static let tenantUnknown = Failure(
        .notFound,
        tenantNotFound.message,
        code: tenantNotFound.code,
        details: ["tenantCode": .string(tenantNotFound.message)]
    )
    package static let tenantSuspended = Failure(.forbidden, "This tenant is suspended.", code: "TENANT_SUSPENDED")
    package static let resetTokenInvalid = Failure(
        .unauthorized,
        "The token is no longer valid. Ask for a new mail.",
        code: "RESET_TOKEN_INVALID",
        details: ["token": "Is not valid."]
    )
    package static let emailUnverified = Failure(
        .conflict,
        "The account's e-mail address is not confirmed yet. Use the code that was mailed to it.",
        code: "EMAIL_UNVERIFIED"
    )
    package static let emailVerifiedBefore = Failure(.conflict, "The address is already confirmed.", code: "EMAIL_ALREADY_VERIFIED")
    package static let confirmationInvalid = Failure(
        .notFound,
        "The code is no longer valid. Ask for a new mail.",
        code: "CONFIRMATION_NOT_FOUND",
        details: ["token": "Is not valid."]
    )
    package static let invitationNotFound = Failure(
        .notFound,
        "This invitation is no longer valid. Ask whoever invited you for a new one.",
        code: "INVITATION_NOT_FOUND",
        details: ["token": "Is not valid."]
    )
    package static let invitationNeedsSignIn = Failure(
        .conflict,
        "The account has a password. Sign in and accept the invitation.",
        code: "INVITATION_NEEDS_SIGN_IN"
    )
    package static let employerSignUpClosed = Failure(
        .forbidden,
        "Employers can't sign up here. Ask an administrator for an invitation.",
        code: "EMPLOYER_SIGN_UP_CLOSED"
    )
    package static let wrongPassword = Failure(
        .forbidden,
        "The password is wrong.",
        code: "WRONG_PASSWORD",
        details: ["password": "Is wrong."]
    )
    package static let apiKeyNotFound = Failure(.notFound, "API key not found.", code: "API_KEY_NOT_FOUND")
    package static let apiKeyNameTaken = Failure(.conflict, "An API key with this name already exists.", code: "API_KEY_NAME_TAKEN")
    package static let tooManyAPIKeys = Failure(
        .conflict,
        "The tenant has reached its limit of API keys. Revoke one that is no longer used.",
        code: "TOO_MANY_API_KEYS"
    )
    package static let sessionNotFound = Failure(.notFound, "Session not found.", code: "SESSION_NOT_FOUND")
    package static let lastAdministrator = Failure(
        .conflict,
        "There would be no administrator left. Appoint another one first.",
        code: "LAST_ADMINISTRATOR"
    )
    package static let pictureTooLarge = Failure(.payloadTooLarge, "A picture can be at most 5 MB.")
    package static let pictureTypeUnknown = Failure(.unsupportedMediaType, "A picture must be a JPEG, PNG or WebP file.")
    package static let pictureBroken = Failure.validation("file", "The picture is damaged and can't be opened.")
    package static let pictureTooDetailed = Failure.validation("file", "A picture can have at most 50 million pixels.")
    static func picture(_ error: DocumentError) -> Failure {
        switch error {
        case .expandsTooFar, .tookTooLong: .pictureTooDetailed
        case .tooManyWaiting: .filesWait
        case .programFailed, .unreadable, .interrupted: .internal(error)
        default: .pictureBroken
        }
    }

    package static let pictureNotFound = Failure(.notFound, "There is no picture.", code: "PICTURE_NOT_FOUND")
}
