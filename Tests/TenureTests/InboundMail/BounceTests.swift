import Foundation
import InboundMail
import Kernel
import Postgres
import Testing

/// Mail that comes back.
@Suite struct BounceTests {
    @Test func `is shown at the person and ends further mail until they have confirmed the address`() async throws {
        let scene = try await InterviewScene()
        let first = try await scene.schedule().expect(201)
        let mail = try await scene.mails(to: scene.candidate, about: first)[0]
        let post = MailScene(tenant: scene.tenant)
        let report = report("5.1.1", for: scene.candidate.email)
        #expect(try await post.read(report, to: mail.returnPath) == "used")

        let seen = try await scene.recruiter.get("/applications/\(scene.application)").expect(200).data["mailBounce"]
        #expect(seen?["status"] == "5.1.1" && seen?["isBlocked"] == true && seen?["reason"]?.string?.contains("address rejected") == true)
        #expect(try await scene.candidate.get("/applications/\(scene.application)").expect(200).data["mailBounce"] == nil)
        let own = try await scene.candidate.get("/users/me").expect(200).data["mailBounce"]
        #expect(own?["status"] == "5.1.1" && own?["lastAt"]?.string != nil)
        #expect(try await scene.recruiter.get("/users/me").expect(200).data["mailBounce"] == nil)
        let admin = try await scene.tenant.admin()
        #expect(try await admin.get("/admin/mail?state=bounced").expect(200).items.count == 1)
        #expect(try await admin.get("/admin/audit?name=mail.bounced").expect(200).items.count == 1)

        let listed = try await admin.get("/admin/users?search=\(scene.candidate.email)").expect(200).items
        #expect(listed.map { $0["mailBounce"]?["status"] } == ["5.1.1"])

        // Reported again, in another mail: it is the same.
        #expect(try await post.read(Self.again(report), to: mail.returnPath) == "ignored")
        let second = try await scene.schedule([], ["startsAt": .string(InterviewScene.day(8))]).expect(201)
        try await eventually { try await admin.get("/admin/mail?state=bounced").expect(200).items.count == 2 }
        #expect(try await scene.sent(to: scene.candidate, about: second).isEmpty)

        try await scene.candidate.post("/auth/verify-email/resend").expect(202)
        let letters = scene.tenant.server.letterbox
        let asked = try await letters.awaited(to: scene.candidate.email, containing: "/confirm#token=ve_")
        let token = try #require(asked.firstMatch(of: /ve_[A-Za-z0-9_-]+/)).output
        let confirmed = try await scene.candidate.post("/auth/verify-email", ["token": .string(String(token))]).expect(200)
        #expect(confirmed.data["mailBounce"] == nil && confirmed.data["emailVerified"] == true)
        #expect(try await scene.recruiter.get("/applications/\(scene.application)").expect(200).data["mailBounce"] == nil)
        let third = try await scene.schedule([], ["startsAt": .string(InterviewScene.day(9))]).expect(201)
        _ = try await scene.mails(to: scene.candidate, about: third)
        #expect(try await scene.candidate.post("/auth/verify-email/resend").code == "EMAIL_ALREADY_VERIFIED")
    }

    private static func again(_ report: String) -> String { report.replacing("Message-ID: <", with: "Message-ID: <again-") }

    @Test func `for now, or an answer of another kind, doesn't count`() async throws {
        let scene = try await InterviewScene()
        let interview = try await scene.schedule().expect(201)
        let mail = try await scene.mails(to: scene.candidate, about: interview)[0]
        let post = MailScene(tenant: scene.tenant)
        let address = scene.candidate.email
        let mails = [
            report("4.2.2", action: "delayed", for: address), report("4.2.2", for: address),
            report("5.1.1", action: "delayed", for: address),
            report("2.0.0", action: "delivered", for: address), report("nonsense", for: address),
            "From: \(address)\nSubject: Out of office\nAuto-Submitted: auto-replied\n\nI am away. 550 5.1.1",
        ]
        for one in mails { #expect(try await post.read(one, to: mail.returnPath) == "ignored", "\(one)") }
        #expect(try await scene.candidate.get("/users/me").expect(200).data["mailBounce"] == nil)
    }

    @Test func `for a reason that may pass blocks the address at the third mail`() async throws {
        let scene = try await InterviewScene()
        let post = MailScene(tenant: scene.tenant)
        for day in 5...7 {
            let interview = try await scene.schedule([], ["startsAt": .string(InterviewScene.day(day))]).expect(201)
            let mail = try await scene.mails(to: scene.candidate, about: interview)[0]
            #expect(try await post.read(report("5.2.2", for: scene.candidate.email), to: mail.returnPath) == "used")
            let bounce = try await scene.candidate.get("/users/me").expect(200).data["mailBounce"]
            #expect(bounce?["isBlocked"] == .bool(day == 7), "\(day)")
        }
    }

    @Test func `is only taken at an address that was made here, and only so much of it`() async throws {
        let scene = try await InterviewScene()
        let interview = try await scene.schedule().expect(201)
        let mail = try await scene.mails(to: scene.candidate, about: interview)[0]
        let post = MailScene(tenant: scene.tenant)
        let report = report("4.2.2", for: scene.candidate.email)
        let path = mail.returnPath
        let host = path.split(separator: "@")[1]
        for wrong in [
            "nobody@\(host)", "b-@\(host)", "b-\(String(repeating: "a", count: 61))@\(host)", path.replacing("b-", with: "i-"),
            path.replacing("@\(host)", with: "@example.com"), path + ".example.com", "", "@",
            String(path.dropLast(host.count + 2)) + "@\(host)",
        ] {
            #expect(try await post.hand(report, to: wrong) == .unknown, "\(wrong)")
        }
        #expect(try await post.hand(report + String(repeating: "x", count: 10 << 20), to: path) == .tooLarge)
        for number in 1...20 {
            #expect(try await post.hand("Message-ID: <\(number)@example.com>\n\nHello", to: path) == .taken)
            #expect(try await post.hand("Message-ID: <\(number)@example.com>\n\nHello", to: path) == .taken)
        }
        #expect(try await post.hand("Message-ID: <21@example.com>\n\nHello", to: path) == .busy)
        #expect(try await scene.tenant.count("SELECT count(*) FROM inbound_mails WHERE tenant_id = \(scene.tenant.id)") == 20)
        try await eventually {
            try await scene.tenant.count("SELECT count(*) FROM inbound_mails WHERE tenant_id = \(scene.tenant.id) AND content IS NOT NULL")
                == 0
        }
    }
}
