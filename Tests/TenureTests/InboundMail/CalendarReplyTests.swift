import Foundation
import Kernel
import Testing

/// Answers to invitations by the reader's calendar.
@Suite struct CalendarReplyTests {
    private typealias Reply = CalendarClient.Reply

    private func reply(_ mail: Letterbox.Mail, by guest: Person) throws -> Reply {
        let uid = try #require(mail.lines("UID:").first).dropFirst(4)
        let sequence = try #require(mail.lines("SEQUENCE:").first.flatMap { Int($0.dropFirst(9)) })
        return Reply(uid: String(uid), sequence: sequence, attendee: guest.email)
    }

    @Test(arguments: CalendarClient.allCases, ["ACCEPTED": "accepted", "DECLINED": "declined", "TENTATIVE": "tentative"])
    func `counts as the guest's own answer, with what they say`(client: CalendarClient, answer: (key: String, value: String)) async throws {
        let scene = try await InterviewScene()
        let interview = try await scene.schedule().expect(201)
        let mail = try await scene.mails(to: scene.candidate, about: interview)[0]
        var reply = try reply(mail, by: scene.candidate)
        reply.status = answer.key
        let post = MailScene(tenant: scene.tenant)
        #expect(try await post.read(client.mail(reply, organizer: mail.organizer), to: mail.organizer.uppercased()) == "used")
        let answers = try await scene.answers(interview)
        #expect(answers.map { $0["answer"]?.string } == [answer.value])
        #expect(answers[0]["comment"]?.string?.hasPrefix("See you there, gladly") == true && answers[0]["isCandidate"] == true)
    }

    @Test func `tells who scheduled it that a guest has declined`() async throws {
        let scene = try await InterviewScene()
        let hugo = try await scene.company.member("hiringManager")
        let interview = try await scene.schedule([hugo]).expect(201)
        let mail = try await scene.mails(to: hugo, about: interview)[0]
        var reply = try reply(mail, by: hugo)
        (reply.status, reply.comment) = ("DECLINED", "On leave")
        _ = try await MailScene(tenant: scene.tenant).read(CalendarClient.google.mail(reply, organizer: mail.organizer), to: mail.organizer)
        try await eventually {
            try await scene.recruiter.get("/notifications").expect(200).items.contains { $0["text"]?.string?.contains("On leave") == true }
        }
    }

    @Test func `by somebody else, about something else, or to a letter before the last counts for nobody`() async throws {
        let scene = try await InterviewScene()
        let hugo = try await scene.company.member("hiringManager")
        let interview = try await scene.schedule([hugo]).expect(201)
        let other = try await InterviewScene(scene.company)
        let others = try await other.schedule().expect(201)
        let mail = try await scene.mails(to: scene.candidate, about: interview)[0]
        let post = MailScene(tenant: scene.tenant)
        let right = try reply(mail, by: scene.candidate)
        var wrong: [Reply] = []
        for attendee in [hugo.email, "stranger@example.com", ""] {
            wrong.append(right)
            wrong[wrong.count - 1].attendee = attendee
        }
        for change in [{ $0.uid = "interview-\(others.id)" }, { $0.sequence += 1 }, { $0.start = InterviewScene.day(6) }]
            as [(inout Reply) -> Void]
        {
            wrong.append(right)
            change(&wrong[wrong.count - 1])
        }
        wrong.append(right)
        wrong[wrong.count - 1].status = "NEEDS-ACTION"
        wrong.append(right)
        wrong[wrong.count - 1].method = "REQUEST"
        for reply in wrong {
            #expect(
                try await post.read(CalendarClient.google.mail(reply, organizer: mail.organizer), to: mail.organizer) == "ignored",
                "\(reply)"
            )
        }
        // The other guest's mailbox is not the candidate's.
        let hugos = try await scene.mails(to: hugo, about: interview)[0]
        #expect(hugos.organizer != mail.organizer)
        #expect(try await post.read(CalendarClient.apple.mail(right, organizer: hugos.organizer), to: hugos.organizer) == "ignored")
        #expect(try await scene.answers(interview).isEmpty)

        try await scene.change(interview, ["startsAt": .string(InterviewScene.day(6))]).expect(200)
        let moved = try await scene.mails(to: scene.candidate, about: interview, count: 2)
        #expect(moved.map(\.organizer) == [mail.organizer, mail.organizer])
        #expect(try await post.read(CalendarClient.google.mail(right, organizer: mail.organizer), to: mail.organizer) == "ignored")
        #expect(try await scene.answers(interview).isEmpty)
    }

    @Test func `counts by when it was given, not by when its mail arrives`() async throws {
        let scene = try await InterviewScene()
        let interview = try await scene.schedule().expect(201)
        let mail = try await scene.mails(to: scene.candidate, about: interview)[0]
        let post = MailScene(tenant: scene.tenant)
        var later = try reply(mail, by: scene.candidate)
        later.status = "DECLINED"
        var earlier = later
        (earlier.status, earlier.stamp) = ("ACCEPTED", later.stamp - 60)
        #expect(try await post.read(CalendarClient.outlook.mail(later, organizer: mail.organizer), to: mail.organizer) == "used")
        #expect(try await post.read(CalendarClient.outlook.mail(earlier, organizer: mail.organizer), to: mail.organizer) == "ignored")
        #expect(try await scene.answers(interview).map { $0["answer"] } == ["declined"])
    }

    @Test func `that proposes another time is tentative and says which`() async throws {
        let scene = try await InterviewScene()
        let interview = try await scene.schedule().expect(201)
        let mail = try await scene.mails(to: scene.candidate, about: interview)[0]
        var reply = try reply(mail, by: scene.candidate)
        (reply.method, reply.status, reply.start) = ("COUNTER", "DECLINED", "2099-01-05T10:00:00Z")
        _ = try await MailScene(tenant: scene.tenant).read(CalendarClient.google.mail(reply, organizer: mail.organizer), to: mail.organizer)
        let answer = try #require(try await scene.answers(interview).first)
        #expect(answer["answer"] == "tentative" && answer["comment"]?.string?.contains("2099-01-05T10:00") == true)
    }

    @Test func `to an interview that was called off counts no more`() async throws {
        let scene = try await InterviewScene()
        let interview = try await scene.schedule().expect(201)
        let mail = try await scene.mails(to: scene.candidate, about: interview)[0]
        let reply = try reply(mail, by: scene.candidate)
        try await scene.change(interview, ["outcome": "cancelled"]).expect(200)
        let post = MailScene(tenant: scene.tenant)
        #expect(try await post.read(CalendarClient.google.mail(reply, organizer: mail.organizer), to: mail.organizer) == "ignored")
        #expect(try await scene.answers(interview).isEmpty)
    }
}
