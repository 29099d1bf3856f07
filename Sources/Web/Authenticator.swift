package import Foundation
package import Kernel

/// Finds out who is calling and in which tenant. The token names the tenant; without one it comes from the tenant code, else from the host
/// name.
package protocol Authenticator: Sendable {
    /// An anonymous caller if there is no token; throws `unauthorized` for a bad one.
    func authenticate(bearer token: String?, tenantCode: String?, host: String?, origin: Origin) async throws(Failure) -> Caller

    /// The same caller with their current standing: a person's by their session, even if the token has expired since; a program's by its
    /// key. Throws `unauthorized` once that has ended.
    func refresh(_ caller: Caller, bearer token: String?) async throws(Failure) -> Caller

    /// Whether the token is a program's API key, which is never signed out or refreshed.
    func isKey(_ token: String) -> Bool

    /// Ids of sessions, keys, users and tenants whose standing changes, as it happens; nil if it may be anybody's.
    func standingChanges() -> AsyncStream<UUID?>

    /// A system admin working in another tenant, with the standing of its administrator; throws for anybody else. `purpose` is recorded.
    func enter(_ tenant: Identifier<Tenant>, as caller: Caller, _ purpose: String) async throws(Failure) -> Caller
}
