/// A proposal that can be made again from the event that came of it, as it was before that happened: so rules that wait for it can be
/// tried on the past.
package protocol ReplayableProposal: Proposal {
    associatedtype Outcome: Event
    init(before event: Outcome)
}
