package import Applications
package import Foundation
package import Jobs
package import Kernel

package struct RetentionChanged: Event {
    package static let name = "retention.changed"
    package static let summary = "A retention rule was activated or deleted."
    package static var sample: Self {
        RetentionChanged(ruleId: .placeholder, tenant: .placeholder, companyId: nil, category: .rejected, months: 24, isActive: true)
    }
    package let ruleId: Identifier<RetentionRule>
    package let tenant: Identifier<Tenant>
    package let companyId: Identifier<Company>?
    package let category: StageCategory
    package let months: Int
    package let isActive: Bool
    package var subject: EventSubject { EventSubject("tenant", tenant) }
}

extension RetentionChanged {
    init(_ rule: RetentionRule, isActive: Bool, tenant: Identifier<Tenant>) {
        self.init(
            ruleId: rule.id,
            tenant: tenant,
            companyId: rule.companyId,
            category: rule.category,
            months: rule.months,
            isActive: isActive
        )
    }
}

package struct RetentionFlagged: Event {
    package static let name = "application.retention_flagged"
    package static let summary =
        "An application has been idle for its retention period, and will be erased at `dueAt` if nothing happens to it."
    package static var sample: Self {
        RetentionFlagged(
            applicationId: .placeholder,
            companyId: .placeholder,
            ruleId: .placeholder,
            dueAt: Date(timeIntervalSince1970: 1_767_258_000)
        )
    }
    package let applicationId: Identifier<Application>
    package let companyId: Identifier<Company>
    package let ruleId: Identifier<RetentionRule>
    package let dueAt: Date
    package var subject: EventSubject { EventSubject("application", applicationId) }
}

package struct ApplicationsErased: Event {
    package static let name = "applications.erased"
    package static let summary = "Applications were erased after their retention period; the receipt has this `number`."
    package static var sample: Self { ApplicationsErased(tenant: .placeholder, number: 8, applications: [.placeholder]) }
    package let tenant: Identifier<Tenant>
    package let number: Int
    package let applications: [Identifier<Application>]
    package var subject: EventSubject { EventSubject("tenant", tenant) }
}
