package import Administration
package import Applications
package import Blobs
package import Identity
package import Kernel
package import Notifications
package import Outbox
import Postgres

/// Removes a person from everything that is kept, and proves it with a receipt: each place with its count. It only knows declarations; each
/// capability declares what is personal and what happens to somebody's open business.
package struct Erasure: Capability {
    /// How long somebody may take back their request.
    static let grace = 7.0 * 86_400

    let store: TenantStore
    let door: OperatorDoor
    let identity: Identity
    let administration: Administration
    let applications: Applications
    let notifications: Notifications
    let outbox: Outbox
    let blobs: BlobStore
    let publicURL: String
    let capabilities: Capabilities

    package init(
        store: TenantStore,
        door: OperatorDoor,
        identity: Identity,
        administration: Administration,
        applications: Applications,
        notifications: Notifications,
        outbox: Outbox,
        blobs: BlobStore,
        publicURL: String,
        capabilities: Capabilities
    ) {
        self.store = store
        self.door = door
        self.identity = identity
        self.administration = administration
        self.applications = applications
        self.notifications = notifications
        self.outbox = outbox
        self.blobs = blobs
        self.publicURL = publicURL
        self.capabilities = capabilities
    }

    var tables: [PersonalTable] { capabilities.personalTables }

    package static var events: [any Event.Type] {
        [
            ErasureRequested.self, ErasureWithdrawn.self, ErasurePostponed.self, UserErased.self, RetentionChanged.self,
            RetentionFlagged.self,
            ApplicationsErased.self,
        ]
    }

    package static var constraints: [String: Failure] {
        [
            "erasures_one_at_a_time": .erasurePending, "retention_rules_once": .retentionRuleExists,
            "retention_rules_company": .retentionCompanyUnknown,
        ]
    }

    package var work: [WorkHandler] { [WorkHandler(erase), WorkHandler(sendNotice), WorkHandler(applyRetention)] }

    package static var personalTables: [PersonalTable] {
        [
            // While it runs, an erasure knows whom it erases; afterwards only its number, its counts and an id that leads to nobody are
            // left.
            PersonalTable("erasures", .references(["user_id", "requested_by"]), .impersonal(["subject"])),
            PersonalTable("retention_rules", .references(["created_by"])),
            // The payloads are handled by the events' own declarations.
            PersonalTable("events", .references(["actor_id"]), .impersonal(["name", "payload"])),
        ]
    }
}
