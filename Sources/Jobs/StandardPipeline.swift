import Kernel

extension StageDraft {
    /// The pipeline that a tenant starts with.
    static let standard: [StageDraft] = [
        StageDraft(name: .constant("Applied"), category: .applied),
        StageDraft(name: .constant("Screening"), category: .screening),
        StageDraft(name: .constant("Assessment"), category: .assessment),
        StageDraft(name: .constant("Interview"), category: .interview),
        StageDraft(name: .constant("Offer"), category: .offer),
        StageDraft(name: .constant("Hired"), category: .hired),
        StageDraft(name: .constant("Rejected"), category: .rejected),
        StageDraft(name: .constant("Withdrawn"), category: .withdrawn),
    ]
}

extension Text where limit == 100 {
    static var standardPipelineName: Text<100> { .constant("Standard") }
}
