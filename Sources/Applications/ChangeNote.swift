import Foundation
import Kernel
import Postgres

struct ChangeNote: Codable, Sendable {
    let id: Identifier<Note>
    let text: Text<10000>?
    let kind: NoteKind?
}

struct DeleteNote: Codable, Sendable {
    let id: Identifier<Note>
}

extension Applications {
    /// What it said before stays in the history.
    func changeNote(_ input: ChangeNote, by member: Member) async throws(Failure) -> Note {
        try await store.transaction(as: member) { tx in
            let (note, subject) = try await openNote(input.id, by: member, tx)
            guard note.authorId != nil, note.authorId == tx.caller.user else { throw Failure.forbidden }
            var changed = note
            changed.text = input.text?.value ?? note.text
            changed.kind = input.kind ?? note.kind
            guard changed.text != note.text || changed.kind != note.kind else { return note }
            changed.editedAt = tx.now
            tx.queue(NoteQueries.update(changed, tx))
            try tx.append(NoteChanged(application: subject.fact, noteId: note.id, kind: changed.kind, text: changed.text))
            return changed
        }
    }

    func deleteNote(_ input: DeleteNote, by member: Member) async throws(Failure) -> NoContent {
        try await store.transaction(as: member) { tx in
            let (note, subject) = try await openNote(input.id, by: member, tx)
            if note.authorId == nil || note.authorId != tx.caller.user {
                try member.require(.administerCompany, in: subject.application.companyId)
            }
            tx.queue(NoteQueries.delete(note.id, tx))
            try tx.append(NoteDeleted(application: subject.fact, noteId: note.id))
            return NoContent()
        }
    }

    private func openNote(
        _ id: Identifier<Note>,
        by member: Member,
        _ tx: TenantTransaction
    ) async throws(Failure) -> (Note, Case) {
        guard let found = try await tx.first(NoteQueries.note(id, tx, locked: false)) else { throw .noteNotFound }
        let subject: Case
        do throws(Failure) {
            subject = try await openCase(reading { try found("application_id") }, by: member, may: .noteApplications, tx)
        } catch {
            throw error.kind == .notFound ? .noteNotFound : error
        }
        guard let row = try await tx.first(NoteQueries.note(id, tx, locked: true)) else { throw .noteNotFound }
        return (try reading { try Note(row) }, subject)
    }
}
