package import Foundation
package import Kernel

/// Tells who is calling and in which tenant. The token names the tenant; without one the tenant comes from the code, else from the host name.
package protocol Authenticator: Sendable {
    /// An anonymous caller where there is no token; throws `unauthorized` for a bad one.
    func authenticate(bearer token: String?, tenantCode: String?, host: String?, origin: Origin) async throws(Failure) -> Caller

    /// Whether the token is the key of a program, which neither ends nor renews itself.
    func isKey(_ token: String) -> Bool

    /// Ids of sessions, keys, users and tenants whose standing has changed, as they change; nil where it may have been anybody's.
    func standingChanges() -> AsyncStream<UUID?>

    /// A system admin at work in another tenant, with the standing of its administrator; throws for anybody else. `purpose` is recorded.
    func enter(_ tenant: Identifier<Tenant>, as caller: Caller, _ purpose: String) async throws(Failure) -> Caller
}
