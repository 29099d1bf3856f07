import Kernel
import Testing

/// Whose letterhead is used.
@Suite struct LetterheadTests {
    @Test func `a letter is in its reader's language, else in the tenant's, under the tenant's name and logo`() async throws {
        let tenant = try await TestTenant()
        let admin = try await tenant.admin()
        let logo = "https://cdn.example.com/logo.png"
        let settings = try await admin.patch("/admin/settings", ["language": "de", "logoUrl": .string(logo)]).expect(200).data
        #expect(settings["language"] == "de" && settings["logoUrl"]?.string == logo && settings["employerSignUp"] == "open")
        let ada = try await tenant.candidate(email: "ada@\(tenant.code).example")

        try await tenant.visitor().post("/auth/forgot-password", ["email": .string(ada.email)]).expect(200)
        let german = try await tenant.server.letterbox.awaited(to: ada.email, containing: "ein neues Passwort angefordert")
        #expect(german.contains("Subject: Neues Passwort setzen") && german.contains(logo), "\(german)")
        #expect(german.firstMatch(of: /-- \RTest/) != nil, "\(german)")

        try await ada.patch("/users/me", ["locale": "en-GB"]).expect(200)
        try await tenant.visitor().post("/auth/forgot-password", ["email": .string(ada.email)]).expect(200)
        let english = try await tenant.server.letterbox.awaited(to: ada.email, containing: "asked for a new password")
        #expect(english.contains("Subject: Set a new password") && english.contains(logo))

        try await admin.patch("/admin/settings", ["logoUrl": .null]).expect(200)
        let without = try await admin.get("/admin/settings").expect(200).data
        #expect(without["logoUrl"]?.string == nil && without["language"] == "de")
    }

    @Test func `only languages that letters are written in, and only addresses of the web, are taken`() async throws {
        let admin = try await TestTenant().admin()
        #expect(try await admin.patch("/admin/settings", ["language": "xx"]).expect(400).details["language"] != nil)
        #expect(try await admin.patch("/admin/settings", ["logoUrl": "javascript:alert(1)"]).expect(400).details["logoUrl"] != nil)
    }
}
