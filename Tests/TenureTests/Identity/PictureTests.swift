import Foundation
import Kernel
import Postgres
import Testing

@testable import tenure

/// Pictures from strangers: only what they show is kept, made small, and nothing else from the file.
@Suite struct PictureTests {
    private static func data(_ base64: String) -> Data { Data(base64Encoded: base64) ?? Data() }

    /// 30,000 pixels per side, in some 200 bytes.
    private static let bomb = data(
        """
        iVBORw0KGgoAAAANSUhEUgAAdTAAAHUwCAIAAADpRW/tAAAAxUlEQVR42u3BAQ0AAADCoPdPbQ43oAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
        AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
        AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAPgyv0AAAWM1yzEAAAAASUVORK5CYII=
        """
    )
    /// Sixteen pixels wide and eight high, to be rotated by a quarter turn; with a camera's name, a place and a comment.
    private static let turned = data(
        """
        /9j/4AAQSkZJRgABAQAAAQABAAD/4QCuRXhpZgAATU0AKgAAAAgAAwEPAAIAAAANAAAAMgESAAMAAAABAAYAAIglAAQAAAABAAAAQAAAAABTZWNyZXRDYW1l\
        cmEAAAAEAAEAAgAAAAJOAAAAAAIABQAAAAMAAAB2AAMAAgAAAAJFAAAAAAQABQAAAAMAAACOAAAAAAAAADUAAAABAAAAIQAAAAEAAAAAAAAAAQAAAAkAAAAB\
        AAAAOwAAAAEAAAAAAAAAAf/+AA9TZWNyZXRDb21tZW50/9sAQwAIBgYHBgUIBwcHCQkICgwUDQwLCwwZEhMPFB0aHx4dGhwcICQuJyAiLCMcHCg3KSwwMTQ0\
        NB8nOT04MjwuMzQy/9sAQwEJCQkMCwwYDQ0YMiEcITIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIyMjIy/8AAEQgACAAQ\
        AwEiAAIRAQMRAf/EABYAAQEBAAAAAAAAAAAAAAAAAAAGB//EABQQAQAAAAAAAAAAAAAAAAAAAAD/xAAUAQEAAAAAAAAAAAAAAAAAAAAG/8QAGREAAgMBAAAA\
        AAAAAAAAAAAAAEQGgsIH/9oADAMBAAIRAxEAPwDHFeBL0Ra+RfA2KaP/2Q==
        """
    )
    /// Two thousand pixels wide.
    private static let wide = data(
        """
        UklGRlIOAABXRUJQVlA4IEYOAABwqwGdASrQB+gDPm02mUmkIyKhIAgAgA2JaW7hd2Ee3AfgAAAT2Ae+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyH\
        vtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPf\
        bJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2\
        TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99sn\
        Ie+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ\
        99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych7\
        7ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32\
        ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk\
        5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJy\
        Hvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkP\
        fbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+\
        2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99s\
        nIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZO\
        Q99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych\
        77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D3\
        2ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvt\
        k5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJ\
        yHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2Tk\
        PfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe\
        +2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99\
        snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77Z\
        OQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32yc\
        h77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D\
        32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHv\
        tk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfb\
        JyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2T\
        kPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snI\
        e+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ9\
        9snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77\
        ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32y\
        ch77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5\
        D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyH\
        vtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPf\
        bJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2\
        TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99sn\
        Ie+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ\
        99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych7\
        7ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych77ZOQ99snIe+2TkPfbJyHvtk5D32\
        ych77ZOQ99snIe+2TkPfbJyHvtk5D32ych76wAD+/7ge///8guWF1yNf//yA/5Af8gP/4+KarTgQAAHlmBAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
        AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
        AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
        """
    )

    private func keep(_ file: Data, _ person: Person) async throws -> Answer {
        try await person.upload("/users/me/profile-picture", file: file, name: "me.jpg").expect(200)
        return try await person.get("/users/\(person.id)/profile-picture").expect(200)
    }

    /// Height and width of a JPEG, from its frame header (ISO 10918-1 B.2.2).
    private func size(_ jpeg: Data) throws -> [Int] {
        let bytes = [UInt8](jpeg)
        let start = try #require(bytes.indices.dropLast(9).first { bytes[$0] == 0xFF && [0xC0, 0xC2].contains(bytes[$0 + 1]) })
        return [Int(bytes[start + 5]) << 8 | Int(bytes[start + 6]), Int(bytes[start + 7]) << 8 | Int(bytes[start + 8])]
    }

    @Test func `a picture is turned upright and loses place, camera, comment and what hangs on it`() async throws {
        let ada = try await TestTenant().candidate()
        let kept = try await keep(Self.turned + Data("PK\u{3}\u{4}<script>secret</script>".utf8), ada)
        #expect(kept.headers["content-type"] == "image/jpeg")
        #expect(try size(kept.bytes) == [16, 8])
        for secret in ["Exif", "SecretCamera", "SecretComment", "<script>"] {
            #expect(kept.bytes.range(of: Data(secret.utf8)) == nil, "\(secret)")
        }
    }

    @Test func `a large picture is made small, in another format if need be`() async throws {
        let ada = try await TestTenant().candidate()
        let kept = try await keep(Self.wide, ada)
        #expect(kept.headers["content-type"] == "image/jpeg")
        #expect(try size(kept.bytes) == [512, 1024])
        #expect(try await keep(Fixture.png, ada).headers["content-type"] == "image/png")
    }

    @Test func `a bomb, a damaged picture and one that ends too early are refused, and others are served meanwhile`() async throws {
        let tenant = try await TestTenant()
        let (ada, bo) = (try await tenant.candidate("Ada"), try await tenant.candidate("Bo"))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for file in [Self.bomb, Self.turned.prefix(Self.turned.count / 2), Data([0xFF, 0xD8, 0xFF]) + Data(repeating: 65, count: 500)] {
                group.addTask {
                    let answer = try await ada.upload("/users/me/profile-picture", file: Data(file), name: "me.png").expect(400)
                    #expect(answer.details["file"] != nil)
                }
            }
            group.addTask { try await bo.get("/candidates/me").expect(200) }
            try await group.waitForAll()
        }
        #expect(try await ada.get("/users/\(ada.id)/profile-picture").status == 404)
    }

    @Test(arguments: [[:], ["Idempotency-Key": "once"]])
    func `the picture before stays until the new one is committed, and its file goes then`(headers: [String: String]) async throws {
        let tenant = try await TestTenant()
        let ada = try await tenant.candidate()
        let before = try await keep(Fixture.png, ada)
        try await tenant.execute("UPDATE users SET first_name = '\(raw: TestServer.refusedAtCommit)' WHERE id = \(ada.id)::uuid")
        try await ada.upload("/users/me/profile-picture", file: Self.turned, name: "me.jpg", headers: headers).expect(500)
        #expect(try await ada.get("/users/\(ada.id)/profile-picture").expect(200).bytes == before.bytes)
        try await tenant.execute("UPDATE users SET first_name = 'Ada' WHERE id = \(ada.id)::uuid")
        let files = try files(of: tenant)
        try await ada.upload("/users/me/profile-picture", file: Self.turned, name: "me.jpg", headers: headers).expect(200)
        #expect(try await ada.get("/users/\(ada.id)/profile-picture").expect(200).headers["content-type"] == "image/jpeg")
        // One was added and one removed.
        #expect(try self.files(of: tenant) == files)
    }

    private func files(of tenant: TestTenant) throws -> Int {
        let folder = URL(fileURLWithPath: "\(tenant.server.settings.dataFolder)/blobs")
        let paths = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        return paths?.allObjects.count {
            ($0 as? URL)?.path.contains(tenant.id.description) == true && ($0 as? URL)?.hasDirectoryPath == false
        } ?? 0
    }
}
