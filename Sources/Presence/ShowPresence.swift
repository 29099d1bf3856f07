import Foundation
import Kernel
import Redis

struct ShowPresence: Codable, Sendable {
    let id: Identifier<User>
}

struct ListPresence: Codable, Sendable {
    let ids: List<Identifier<User>, 200>
}

extension Presence {
    func show(_ input: ShowPresence, by user: SignedIn) async throws(Failure) -> PresenceView {
        guard let view = try await views(of: [input.id], for: user).first else { throw .userNotFound }
        return view
    }

    /// Leaves out ids of users whom the caller may not see.
    func list(_ input: ListPresence, by user: SignedIn) async throws(Failure) -> Items<PresenceView> {
        Items(try await views(of: input.ids.elements, for: user))
    }

    private func views(of ids: [Identifier<User>], for user: SignedIn) async throws(Failure) -> [PresenceView] {
        let known = try await capabilities.visible(ids, to: user)
        let ids = ids.filter(known.contains)
        do {
            let values = try await redis.mget(ids.map { stateKey($0, user.tenant) } + ids.map { lastKey($0, user.tenant) })
            return ids.enumerated().map { index, id in
                let state = values[index].flatMap { PresenceView.State(rawValue: String(decoding: $0, as: UTF8.self)) }
                let last = values[ids.count + index].flatMap { Timestamp.date(String(decoding: $0, as: UTF8.self)) }
                return PresenceView(userId: id, state: state ?? .offline, lastActiveAt: last)
            }
        } catch {
            throw .presenceUnavailable
        }
    }
}
