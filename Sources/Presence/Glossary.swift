package import Kernel

extension Presence {
    package static let glossary = Glossary(
        """
        HeartbeatState.online | Is there.
        HeartbeatState.away | Is there and has done nothing for a while.
        PresenceView.State.online | Is there.
        PresenceView.State.away | Is there and has done nothing for a while.
        PresenceView.State.offline | Isn't there.
        """
    )
}
