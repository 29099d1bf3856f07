import Documents
package import Kernel

extension Failure {
    package static let invalidCredentials = Failure(
        .unauthorized,
        "The e-mail address or the password is wrong.",
        code: "INVALID_CREDENTIALS"
    )
    package static let refreshTokenInvalid = Failure(
        .unauthorized,
        "The refresh token is not valid any more. Sign in again.",
        code: "REFRESH_TOKEN_INVALID"
    )
    package static let emailTaken = Failure(.conflict, "There is an account with this e-mail address.", code: "EMAIL_TAKEN")
    package static let usernameTaken = Failure(.conflict, "There is an account with this user name.", code: "USERNAME_TAKEN")
    package static let tenantNotFound = Failure(.notFound, "There is no such tenant.", code: "TENANT_NOT_FOUND")
    /// Of a tenant that was named in a field.
    package static let tenantUnknown = Failure(
        .notFound,
        tenantNotFound.message,
        code: tenantNotFound.code,
        details: ["tenantCode": .string(tenantNotFound.message)]
    )
    package static let tenantSuspended = Failure(.forbidden, "This tenant is suspended.", code: "TENANT_SUSPENDED")
    package static let resetTokenInvalid = Failure(
        .unauthorized,
        "The token is not valid any more. Ask for a new mail.",
        code: "RESET_TOKEN_INVALID",
        details: ["token": "Is not valid."]
    )
    package static let emailUnverified = Failure(
        .conflict,
        "The e-mail address of the account is not confirmed yet. Use the code that was mailed to it.",
        code: "EMAIL_UNVERIFIED"
    )
    package static let emailVerifiedBefore = Failure(.conflict, "The address is already confirmed.", code: "EMAIL_ALREADY_VERIFIED")
    package static let confirmationInvalid = Failure(
        .notFound,
        "The code is not valid any more. Ask for a new mail.",
        code: "CONFIRMATION_NOT_FOUND",
        details: ["token": "Is not valid."]
    )
    package static let invitationNotFound = Failure(
        .notFound,
        "There is no such invitation any more. Ask whoever invited you for another.",
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
        "Employers can't sign themselves up here. Ask the administrators for an invitation.",
        code: "EMPLOYER_SIGN_UP_CLOSED"
    )
    package static let wrongPassword = Failure(
        .forbidden,
        "The password is wrong.",
        code: "WRONG_PASSWORD",
        details: ["password": "Is wrong."]
    )
    package static let apiKeyNotFound = Failure(.notFound, "There is no such API key.", code: "API_KEY_NOT_FOUND")
    package static let apiKeyNameTaken = Failure(.conflict, "There is an API key of this name.", code: "API_KEY_NAME_TAKEN")
    package static let tooManyAPIKeys = Failure(
        .conflict,
        "The tenant has as many API keys as it may. Revoke one that is not used any more.",
        code: "TOO_MANY_API_KEYS"
    )
    package static let sessionNotFound = Failure(.notFound, "There is no such session.", code: "SESSION_NOT_FOUND")
    package static let lastAdministrator = Failure(
        .conflict,
        "Nobody else could administer then. Appoint another administrator first.",
        code: "LAST_ADMINISTRATOR"
    )
    package static let pictureTooLarge = Failure(.payloadTooLarge, "A picture may have at most 5 MB.")
    package static let pictureTypeUnknown = Failure(.unsupportedMediaType, "A picture must be a JPEG, PNG or WebP file.")
    package static let pictureBroken = Failure.validation("file", "The picture is damaged and can't be opened.")
    package static let pictureTooDetailed = Failure.validation("file", "A picture may have at most 50 million pixels.")
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
