import Foundation
import Kernel
import Testing

/// Answers to invitations, clashes, and what an interview that is over still takes.
@Suite struct InterviewTests {
    @Test func `a guest answers by the link in the mail, and reading it answers nothing`() async throws {
        let scene = try await InterviewScene()
        let hugo = try await scene.company.member("hiringManager")
        let interview = try await scene.schedule([hugo]).expect(201)
        let token = try Self.token(in: try await scene.mails(to: scene.candidate, about: interview)[0])
        let hugos = try Self.token(in: try await scene.mails(to: hugo, about: interview)[0])
        #expect(token != hugos)
        let visitor = scene.tenant.visitor()
        let shown = try await visitor.post("/invitations/show", ["token": .string(token)]).expect(200)
        #expect(shown.data["jobTitle"] == "Backend engineer" && shown.data["answer"] == nil && shown.data["isCanceled"] == false)
        #expect(try await scene.answers(interview).isEmpty)

        let answered = try await visitor.post("/invitations/answer", ["token": .string(token), "answer": "accepted"]).expect(200)
        #expect(answered.data["answer"] == "accepted")
        try await visitor.post("/invitations/answer", ["token": .string(hugos), "answer": "tentative", "comment": "Thursday?"]).expect(200)
        let answers = try await scene.answers(interview)
        #expect(answers.map { $0["answer"] } == ["accepted", "tentative"])
        #expect(answers.map { $0["isCandidate"] } == [true, false])
        #expect(answers[1]["comment"] == "Thursday?" && answers[1]["userId"]?.string == hugo.id)
        let own = try await scene.candidate.get("/applications/\(scene.application)/interviews").expect(200)
        #expect(own.items[0]["answers"]?.items.map { $0["answer"] } == ["accepted"])
        let wrong = try await visitor.post("/invitations/answer", ["token": "iv_nonsense", "answer": "accepted"])
        #expect(wrong.code == "INVITATION_CODE_INVALID" && wrong.status == 400)
    }

    @Test func `a guest answers signed in, nobody else does, and a new time asks anew`() async throws {
        let scene = try await InterviewScene()
        let (hugo, other) = (try await scene.company.member("hiringManager"), try await scene.company.member("hiringManager"))
        let interview = try await scene.schedule([hugo]).expect(201)
        let path = "/interviews/\(interview.id)/answer"
        try await scene.candidate.post(path, ["answer": "accepted"]).expect(200)
        try await hugo.post(path, ["answer": "accepted"]).expect(200)
        #expect(try await other.post(path, ["answer": "accepted"]).code == "INTERVIEW_NOT_FOUND")
        #expect(try await scene.recruiter.post(path, ["answer": "accepted"]).code == "INTERVIEW_NOT_FOUND")
        #expect(try await hugo.post(path, ["answer": "maybe"]).expect(400).details["answer"] != nil)
        #expect(try await scene.answers(interview).count == 2)
        try await scene.change(interview, ["feedback": "Read."]).expect(200)
        #expect(try await scene.answers(interview).count == 2)
        try await scene.change(interview, ["startsAt": .string(InterviewScene.day(6))]).expect(200)
        #expect(try await scene.answers(interview).isEmpty)
        try await scene.change(interview, ["interviewers": []]).expect(200)
        #expect(try await hugo.post(path, ["answer": "accepted"]).code == "INTERVIEW_CANCELED")
        try await scene.change(interview, ["outcome": "cancelled"]).expect(200)
        #expect(try await scene.candidate.post(path, ["answer": "accepted"]).code == "INTERVIEW_CANCELED")
    }

    @Test func `who scheduled it hears of a guest who declines, once and in their language`() async throws {
        let scene = try await InterviewScene()
        try await scene.recruiter.patch("/users/me", ["locale": "de-DE", "timeZone": "Europe/Berlin"]).expect(200)
        let interview = try await scene.schedule([], ["startsAt": "2099-07-06T09:00:00Z"]).expect(201)
        let path = "/interviews/\(interview.id)/answer"
        try await scene.candidate.post(path, ["answer": "declined", "comment": "I am abroad."]).expect(200)
        try await scene.candidate.post(path, ["answer": "declined"]).expect(200)
        var told: [JSON] = []
        try await eventually(within: .seconds(90)) {
            told = try await scene.recruiter.get("/notifications").items.filter { $0["kind"] == "reply" }
            return !told.isEmpty
        }
        try await scene.settle()
        told = try await scene.recruiter.get("/notifications").items.filter { $0["kind"] == "reply" }
        #expect(told.count == 1)
        let text = try #require(told.first?["text"]?.string)
        #expect(text.contains("Ada Tester hat abgesagt") && text.contains("11:00") && text.contains("I am abroad."), "\(text)")
        #expect(try await scene.candidate.get("/notifications").items.allSatisfy { $0["kind"] != "reply" })
    }

    @Test func `an interview that is over is not moved, and takes its outcome and feedback`() async throws {
        let scene = try await InterviewScene()
        let interview = try await scene.schedule().expect(201)
        try await scene.begin(interview, in: -7200)
        let hugo = try await scene.company.member("hiringManager")
        let changes: [JSON] = [
            ["startsAt": .string(InterviewScene.day(6))], ["durationMinutes": 30], ["location": "Elsewhere"],
            ["interviewers": [.string(hugo.id)]],
        ]
        for change in changes { #expect(try await scene.change(interview, change).code == "INTERVIEW_OVER", "\(change.text)") }
        try await scene.change(interview, ["outcome": "passed", "feedback": "Good."]).expect(200)
        try await scene.begin(interview, in: 7200)
        #expect(try await scene.change(interview, ["startsAt": .string(InterviewScene.day(6))]).code == "INTERVIEW_OVER")
    }

    @Test func `a scorecard is by those invited, once it has begun`() async throws {
        let scene = try await InterviewScene()
        let hugo = try await scene.company.member("hiringManager")
        let interview = try await scene.schedule([hugo]).expect(201)
        let path = "/interviews/\(interview.id)/scorecards"
        #expect(try await hugo.post(path, ["recommendation": "yes"]).code == "INTERVIEW_NOT_BEGUN")
        try await scene.begin(interview, in: -60)
        #expect(try await scene.recruiter.post(path, ["recommendation": "yes"]).code == "NOT_INTERVIEWER")
        try await hugo.post(path, ["recommendation": "yes"]).expect(201)
        #expect(try await hugo.post(path, ["recommendation": "yes"]).code == "SCORECARD_EXISTS")
    }

    @Test func `whoever schedules or moves is told what else people have at that time`() async throws {
        let scene = try await InterviewScene()
        let hugo = try await scene.company.member("hiringManager")
        let first = try await scene.schedule([hugo]).expect(201)
        #expect(first.data["clashes"]?.items.isEmpty == true)
        let other = try await InterviewScene(scene.company)
        let second = try await other.schedule([hugo], ["durationMinutes": 30]).expect(201)
        let clash = try #require(second.data["clashes"]?.items.first)
        #expect(clash["interviewId"]?.string == first.id && clash["userIds"]?.items == [.string(hugo.id)])
        let moved = try await other.change(second, ["startsAt": .string(InterviewScene.day(6))]).expect(200)
        #expect(moved.data["clashes"]?.items.isEmpty == true)
        let third = try await scene.schedule([], ["kind": "phone"]).expect(201)
        #expect(third.data["clashes"]?[0]?["userIds"]?.items == [.string(scene.candidate.id)])
        try await scene.change(third, ["outcome": "cancelled"]).expect(200)
        try await scene.change(first, ["outcome": "cancelled"]).expect(200)
        let back = try await other.change(second, ["startsAt": .string(InterviewScene.day(5))]).expect(200)
        #expect(back.data["clashes"]?.items.isEmpty == true)
    }

    private static func token(in mail: Letterbox.Mail) throws -> String {
        try String(#require(mail.text.firstMatch(of: /\/answer#token=(iv_[A-Za-z0-9_-]+)/)?.1))
    }
}

extension InterviewScene {
    func answers(_ interview: Answer) async throws -> [JSON] {
        let list = try await recruiter.get("/applications/\(application)/interviews").expect(200)
        return list.items.first { $0["id"]?.string == interview.id }?["answers"]?.items ?? []
    }
}
