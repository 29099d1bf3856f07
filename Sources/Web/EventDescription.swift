package import Kernel

/// What the documentation says about an event or a proposal.
package struct EventDescription: Sendable {
    package let name: String
    package let summary: String
    package let schema: Schema
    package let sample: JSON
    /// The fields that a `before` rule may change; nil for an event.
    package let amendable: [String]?

    package init(_ event: (some Event).Type) throws {
        name = event.name
        summary = event.summary
        schema = SchemaRecorder.schema(of: event)
        sample = try JSON(encoding: event.sample)
        amendable = nil
    }

    package init(_ proposal: (some Proposal).Type) throws {
        name = proposal.name
        summary = proposal.summary
        schema = SchemaRecorder.schema(of: proposal)
        sample = try JSON(encoding: proposal.sample)
        amendable = proposal.amendable
    }
}
