/// What the reading of one document may cost. The kernel holds each program that takes part to them.
package struct ExtractionLimits: Sendable {
    package var processorSeconds = 10
    package var wallSeconds = 20
    package var memoryBytes = 512 << 20
    /// Marked-up text that a tool may print; the markup takes some 100 bytes for a word.
    package var outputBytes = 8 << 20
    /// What the reader may answer: its characters, each of them escaped at worst, and what was read out of them.
    package var answerBytes = 4 << 20
    /// No resume that a person reads is longer.
    package var pages = 30
    package var characters = 200_000

    package static let standard = ExtractionLimits()

    package init() {}
}
