/// A proposal that can be rebuilt, as it was, from the event it led to, so that rules on it can be tried on the past.
package protocol ReplayableProposal: Proposal {
    associatedtype Outcome: Event
    init(before event: Outcome)
}
