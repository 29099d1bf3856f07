/// The limits for reading one document. The kernel enforces them on each program involved.
package struct ExtractionLimits: Sendable {
    package var processorSeconds = 10
    package var wallSeconds = 20
    package var memoryBytes = 512 << 20
    /// Markup that a tool may print, which takes about 100 bytes per word.
    package var outputBytes = 8 << 20
    /// The size of the reader's answer: its characters, each escaped in the worst case, and the extracted fields.
    package var answerBytes = 4 << 20
    /// No real resume is longer.
    package var pages = 30
    package var characters = 200_000

    package static let standard = ExtractionLimits()

    package init() {}
}
