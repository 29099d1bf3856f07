package import Foundation
package import Kernel
import Postgres

struct NoteApplication: Codable, Sendable {
    let id: Identifier<Application>
    let text: Text<10000>
    let kind: NoteKind?
}

struct ListNotes: Codable, Sendable {
    let id: Identifier<Application>
}

package enum NoteKind: String, Codable, CaseIterable, Sendable, SQLEncodable, SQLDecodable {
    case general, communication, preparation, research
    case followUp = "follow_up"
}

package struct Note: Codable, Sendable {
    package let id: Identifier<Note>
    package internal(set) var kind: NoteKind
    package internal(set) var text: String
    /// Nil when a rule wrote it.
    package let authorId: Identifier<User>?
    package let authorName: String?
    package let createdAt: Date
    /// When its author last corrected it.
    package internal(set) var editedAt: Date?
}

extension Applications {
    func note(_ input: NoteApplication, by member: Member) async throws(Failure) -> Note {
        try await store.transaction(as: member) { tx in
            let subject = try await openCase(input.id, by: member, may: .noteApplications, tx)
            let note = Note(
                id: Identifier(),
                kind: input.kind ?? .general,
                text: input.text.value,
                authorId: tx.caller.user,
                authorName: nil,
                createdAt: tx.now,
                editedAt: nil
            )
            tx.queue(NoteQueries.insert(note, on: input.id, tx))
            try tx.append(ApplicationNoted(application: subject.fact, kind: note.kind, text: note.text))
            guard let row = try await tx.first(NoteQueries.note(note.id, tx, locked: false)) else { throw Failure.noteNotFound }
            return try reading { try Note(row) }
        }
    }

    func listNotes(_ input: ListNotes, by member: Member) async throws(Failure) -> Items<Note> {
        guard let reader = Reader(member.caller) else { throw .unauthorized }
        let application = try await visible(input.id, to: reader)
        guard application.isOpenToEmployer(reader) else { throw .applicationNotFound }
        let rows = try await store.query(as: member, NoteQueries.notes(of: application.id, tenant: member.tenant))
        return Items(try rows.decoded(Note.init))
    }
}
