package import Foundation
package import Kernel
import Postgres

/// One active sign-in, as its holder recognizes it.
package struct SessionView: Codable, Sendable {
    package let id: Identifier<Session>
    package let device: String
    package let userAgent: String
    package let address: String
    package let createdAt: Date
    package let lastUsedAt: Date
    package let isCurrent: Bool
}

extension Identity {
    func listSessions(_ input: NoInput, by user: SignedIn) async throws(Failure) -> Items<SessionView> {
        let rows = try await store.query(as: user, SessionQueries.live(of: user, now: store.clock.now()))
        return Items(try rows.decoded { try SessionView($0, current: user.caller.session) })
    }
}

extension SessionView {
    init(_ row: Row, current: Identifier<Session>?) throws {
        let id: Identifier<Session> = try row("id")
        let userAgent: String = try row("user_agent")
        self.init(
            id: id,
            device: Self.device(userAgent),
            userAgent: userAgent,
            address: try row("address"),
            createdAt: try row("created_at"),
            lastUsedAt: try row("last_used_at"),
            isCurrent: id == current
        )
    }

    /// A guess at browser and system, for people to read. The order matters, because browsers claim to be one another.
    static func device(_ userAgent: String) -> String {
        let browsers = [
            ("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"), ("curl/", "curl"),
        ]
        let systems = [
            ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "macOS"),
            ("Linux", "Linux"),
        ]
        let browser = browsers.first { userAgent.contains($0.0) }?.1
        let system = systems.first { userAgent.contains($0.0) }?.1
        switch (browser, system) {
        case (let browser?, let system?): return "\(browser) on \(system)"
        case (let name?, nil), (nil, let name?): return name
        case (nil, nil): return userAgent.isEmpty ? "Unknown device" : String(userAgent.prefix { $0 != "/" && $0 != " " })
        }
    }
}
