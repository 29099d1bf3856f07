import Foundation
package import Kernel
package import Postgres

/// The smallest capability that has everything: an operation, an event, work, a socket, a page and a table. It consists of this folder,
/// `Package.swift`, and one line where it is added to the others.
package struct Toy: Capability {
    let store: TenantStore

    package init(store: TenantStore) {
        self.store = store
    }

    /// Its migration.
    package static let table: [SQL] = [
        """
        CREATE TABLE toys (
            tenant_id uuid NOT NULL REFERENCES tenants (id),
            id uuid NOT NULL,
            name text NOT NULL,
            turns integer NOT NULL DEFAULT 0,
            created_at timestamptz NOT NULL,
            PRIMARY KEY (tenant_id, id),
            CONSTRAINT toys_name_key UNIQUE (tenant_id, name)
        )
        """,
        "CREATE INDEX toys_by_age ON toys (created_at)",
        "CALL secure_tenant_table('toys')",
    ]

    package var operations: [APIOperation] {
        [
            APIOperation(
                .post,
                "/toys",
                "Make a toy; it is wound up in the background",
                access: .signedIn,
                failures: [.toyNameTaken],
                status: 201,
                limit: .playing,
                perform: make
            ),
            APIOperation(socket: "/toys/live", "Ask for toys by name as they turn", access: .signedIn, limit: .playing, talk: watch),
        ]
    }

    package var work: [WorkHandler] { [WorkHandler(windUp)] }

    package var upkeep: [Upkeep] { [.expired("toys", from: "toys", by: "created_at", after: 365 * 86_400)] }

    package var meters: [Meter] {
        [Meter("toys", limits: [.free: 3]) { "SELECT count(*) FROM toys WHERE tenant_id = \($0.tenant)" }]
    }

    package static var personalTables: [PersonalTable] { [PersonalTable("toys", .impersonal(["name"]))] }

    package var personalData: [PersonalDataSource] {
        [PersonalDataSource("toys") { _ throws(Failure) in "Toys are nobody's." }]
    }

    package var pages: [WebPage] { [WebPage("/toys", kind: "html", PackageResources.toy_html)] }

    package static var part: APIPart { .communication }
    package static var events: [any Event.Type] { [ToyMade.self] }
    package static var constraints: [String: Failure] { ["toys_name_key": .toyNameTaken] }
    package static var limits: [LimitClass] { [.playing] }
    package static var countedTables: [StaticString] { ["toys"] }
}

extension LimitClass {
    static let playing = LimitClass("playing", Rate(100, per: .seconds(60)))
}

extension Failure {
    static let toyNameTaken = Failure(.conflict, "There is a toy of this name.", code: "TOY_NAME_TAKEN")
}

package struct ToyView: Codable, Sendable {
    package let id: Identifier<Toy>
    package let name: String
    package let turns: Int
}

struct MakeToy: Codable, Sendable {
    let name: Text<60>
}

package struct ToyMade: Event {
    package static let name = "toy.made"
    package static let summary = "A toy was made."
    package static var sample: Self { ToyMade(toy: .placeholder, name: "Top") }
    package let toy: Identifier<Toy>
    package let name: String
    package var subject: EventSubject { EventSubject("toy", toy) }
}

struct WindUp: Work {
    static let name = "toys.wind_up"
    static let lane = Lane.quick
    let toy: Identifier<Toy>
}

/// What somebody asks over the socket.
package struct ToyWanted: Codable, Sendable {
    let name: Text<60>
}

extension Toy {
    func make(_ input: MakeToy, by user: SignedIn) async throws(Failure) -> ToyView {
        try await store.transaction(as: user) { tx in
            let id = Identifier<Toy>()
            tx.queue("INSERT INTO toys (tenant_id, id, name, created_at) VALUES (\(tx.tenant), \(id), \(input.name), \(tx.now))")
            try tx.append(ToyMade(toy: id, name: input.name.value))
            try tx.enqueue(WindUp(toy: id))
            return ToyView(id: id, name: input.name.value, turns: 0)
        }
    }

    func windUp(_ work: WindUp, as system: SystemActor) async throws {
        _ = try await store.query(as: system, "UPDATE toys SET turns = 12 WHERE tenant_id = \(system.tenant) AND id = \(work.toy)")
    }

    func watch(_ input: NoInput, by user: SignedIn, _ conversation: Conversation<ToyWanted, ToyView>) async throws(Failure) {
        while let wanted = try await conversation.next() {
            let named: SQL = "SELECT id, name, turns FROM toys WHERE tenant_id = \(user.tenant) AND name = \(wanted.name)"
            let toys = try await store.query(as: user, named).decoded { row in
                ToyView(id: try row("id"), name: try row("name"), turns: try row("turns"))
            }
            for toy in toys { try await conversation.send(toy) }
        }
    }
}
