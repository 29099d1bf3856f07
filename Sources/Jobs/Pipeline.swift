package import Foundation
package import Kernel
import Postgres

/// The stages that a job's applications move through, in order. Every pipeline begins with one `applied` stage and can end in hired, rejected and withdrawn.
package struct Pipeline: Codable, Sendable, Versioned {
    package let id: Identifier<Pipeline>
    /// The company it belongs to; nil if the tenant's administrators share it with every company.
    package let companyId: Identifier<Company>?
    package let name: String
    package let version: Int
    package private(set) var stages: [Stage]

    package func stage(_ key: String) -> Stage? { stages.first { $0.key == key && $0.retiredAt == nil } }

    package func first(_ category: StageCategory) -> Stage? {
        stages.first { $0.category == category && $0.retiredAt == nil }
    }
}

package struct Stage: Codable, Sendable {
    package let id: Identifier<Stage>
    /// The stage's name for requests and rules, as `status`: `screening`, `phone-interview`.
    package let key: String
    package let name: String
    package let category: StageCategory
    package let position: Int
    /// What candidates are told when they come to it; if it is absent, they are told nothing.
    package let candidateName: String?
    /// A retired stage takes no more applications and keeps those it has.
    package let retiredAt: Date?
}

package enum StageCategory: String, Codable, CaseIterable, Sendable, SQLEncodable, SQLDecodable {
    case applied, screening, assessment, interview, offer, hired, rejected, withdrawn

    package var isFinal: Bool { [.hired, .rejected, .withdrawn].contains(self) }
}

/// A stage as a recruiter enters it.
package struct StageDraft: Codable, Sendable {
    package let name: Text<60>
    package let category: StageCategory
    /// What candidates are told when they come to it; left out, they are told nothing.
    package let candidateName: Text<60>?

    package init(name: Text<60>, category: StageCategory, candidateName: Text<60>? = nil) {
        self.name = name
        self.category = category
        self.candidateName = candidateName
    }

    /// `Phone interview` becomes `phone-interview`.
    var key: String {
        let words = name.value.lowercased().split { !$0.isLetter && !$0.isNumber }
        return words.isEmpty ? category.rawValue : words.joined(separator: "-")
    }

    /// The stages as stored: the order kept, `applied` first, each final category present, keys unique.
    static func completed(_ drafts: [StageDraft]) throws(Failure) -> [StageDraft] {
        guard drafts.first?.category == .applied, drafts.count(where: { $0.category == .applied }) == 1 else {
            throw .validation("stages", "Must begin with the one stage of category applied.")
        }
        guard Set(drafts.map(\.key)).count == drafts.count else {
            throw .validation("stages", "Must have different names.")
        }
        var stages = drafts
        for category in [StageCategory.hired, .rejected, .withdrawn] where !stages.contains(where: { $0.category == category }) {
            do { stages.append(StageDraft(name: try Text(category.rawValue.capitalized), category: category)) } catch {
                throw .internal(error)
            }
        }
        return stages
    }
}

extension Pipeline {
    /// Rows of `PipelineQueries.pipelines`, one per stage, in order.
    static func grouping(_ rows: Rows) throws(Failure) -> [Pipeline] {
        try reading {
            var pipelines: [Pipeline] = []
            for row in rows {
                let id: Identifier<Pipeline> = try row("id")
                let stage = try Stage(row)
                if let last = pipelines.last, last.id == id {
                    pipelines[pipelines.count - 1].stages.append(stage)
                } else {
                    pipelines.append(
                        Pipeline(
                            id: id,
                            companyId: try row("company_id"),
                            name: try row("name"),
                            version: try row("version"),
                            stages: [stage]
                        )
                    )
                }
            }
            return pipelines
        }
    }
}

extension Stage {
    init(_ row: Row) throws {
        self.init(
            id: try row("stage_id"),
            key: try row("stage_key"),
            name: try row("stage_name"),
            category: try row("category"),
            position: try row("position"),
            candidateName: try row("candidate_name"),
            retiredAt: try row("retired_at")
        )
    }
}
