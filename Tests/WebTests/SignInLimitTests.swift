import Foundation
import Kernel
import Logging
import Redis
import Synchronization
import Testing

@testable import Web

private struct Guess: Codable, Sendable {
    let email: EmailAddress
    let password: Text<20>
    let tenantCode: Text<63>?
}

/// How often one may try, at an endpoint that counts what reaches the expensive part.
@Suite struct SignInLimitTests {
    private final class Hashing: Sendable {
        let count = Atomic(0)
    }

    private func operations(_ hashing: Hashing) -> [APIOperation] {
        [
            APIOperation(.post, "/guesses", "Guess", access: .anyone, limit: .signIn, retry: .byItself) {
                (input: Guess, _: Anonymous) async throws(Failure) -> NoContent in
                hashing.count.add(1, ordering: .relaxed)
                guard input.password.value == "right" else { throw .unauthorized }
                return NoContent()
            },
            APIOperation(.post, "/codes", "Use a code", access: .inPerson, limit: .signIn, retry: .byItself) {
                (_: NoInput, _: SignedIn) async throws(Failure) -> NoContent in
                throw .notFound
            },
        ]
    }

    private func guess(_ client: RawClient, _ email: String, _ password: String, _ headers: [String: String] = [:]) async throws -> Int {
        let body = JSON.object(["email": .string(email), "password": .string(password)]).text
        return try await client.json("POST", "/api/v1/guesses", body, headers).status
    }

    @Test func `an account is one account, however its address is written and whatever token comes along`() async throws {
        var plan = RateLimitPlan.unlimited
        plan.signInByAccount = [RateLimit(5, per: .seconds(36_000))]
        let hashing = Hashing()
        try await ToyServer.run(operations(hashing), plan: plan) { client async throws in
            let spellings = ["ada@example.com", " ada@example.com", "ada@example.com  ", "ADA@Example.COM", "\tAda@example.com "]
            for (number, spelling) in spellings.enumerated() {
                let headers = ["Authorization": "Bearer user:\(Identifier<User>())", "X-Request-Id": "\(number)"]
                #expect(try await guess(client, spelling, "wrong", headers) == 401, "\(spelling)")
            }
            for spelling in spellings + ["aDa@example.com"] {
                #expect(try await guess(client, spelling, "right", ["Authorization": "Bearer user:\(Identifier<User>())"]) == 429)
            }
            #expect(hashing.count.load(ordering: .relaxed) == 5)
            // With dots around it isn't an address at all, so nothing is tried with it.
            #expect(try await guess(client, "ada@example.com.", "right") == 400)
            #expect(hashing.count.load(ordering: .relaxed) == 5)
            #expect(try await guess(client, "grace@example.com", "right") == 204)
        }
    }

    @Test func `a right guess gives its unit back, and beyond the limit nothing is tried`() async throws {
        var plan = RateLimitPlan.unlimited
        plan.signInByAddress = [RateLimit(8, per: .seconds(36_000))]
        let hashing = Hashing()
        try await ToyServer.run(operations(hashing), plan: plan) { client async throws in
            for number in 0..<40 { #expect(try await guess(client, "\(number)@example.com", "right") == 204) }
            for number in 0..<8 { #expect(try await guess(client, "\(number)@example.com", "wrong") == 401) }
            for number in 8..<20 {
                let headers = number.isMultiple(of: 2) ? ["Authorization": "Bearer user:\(Identifier<User>())"] : [:]
                #expect(try await guess(client, "\(number)@example.com", "right", headers) == 429)
            }
            #expect(hashing.count.load(ordering: .relaxed) == 48)
        }
    }

    @Test func `a code tried by somebody signed in counts for them and for their network`() async throws {
        var plan = RateLimitPlan.unlimited
        plan.signInByUser = [RateLimit(3, per: .seconds(36_000))]
        plan.signInByAddress = [RateLimit(5, per: .seconds(36_000))]
        try await ToyServer.run(operations(Hashing()), plan: plan) { client async throws in
            func use(_ user: Identifier<User>) async throws -> Int {
                try await client.send("POST", "/api/v1/codes", ["Authorization": "Bearer user:\(user)"]).status
            }
            let ada = Identifier<User>()
            for _ in 0..<3 { #expect(try await use(ada) == 404) }
            #expect(try await use(ada) == 429)
            #expect(try await use(Identifier()) == 404)
            #expect(try await use(Identifier()) == 429)
        }
    }

    @Test func `a network is one network, whichever of its addresses is used`() async throws {
        var plan = RateLimitPlan.unlimited
        plan.signInByAddress = [RateLimit(2, per: .seconds(36_000))]
        plan.signInByAccount = [RateLimit(3, per: .seconds(36_000))]
        let proxy = try #require(AddressRange("127.0.0.1"))
        let configure = { (configuration: inout WebConfiguration) in configuration.trustedProxies = [proxy] }
        try await ToyServer.run(operations(Hashing()), plan: plan, configure: configure) { client async throws in
            func wrong(from address: String) async throws -> Int {
                try await guess(client, "ada@example.com", "wrong", ["X-Forwarded-For": address])
            }
            #expect(try await wrong(from: "2001:db8:1:2::1") == 401)
            #expect(try await wrong(from: "2001:db8:1:2:ffff:1:2:3") == 401)
            #expect(try await wrong(from: "2001:0db8:0001:0002:aaaa::9") == 429)
            #expect(try await wrong(from: "2001:db8:1:3::1") == 401)
            #expect(try await wrong(from: "192.0.2.1") == 401)
            #expect(try await wrong(from: "::ffff:192.0.2.1") == 401)
            #expect(try await wrong(from: "::ffff:c000:201") == 429)
            #expect(try await wrong(from: "192.0.2.2") == 401)
        }
    }

    @Test(arguments: [
        ("192.0.2.1", "192.0.2.1"), ("::ffff:192.0.2.1", "192.0.2.1"), ("2001:db8:1:2::1", "20010db800010002/64"),
        ("fe80::1%eth0", "fe80000000000000/64"), ("nonsense", "nonsense"), ("", ""),
    ])
    func `limits know an address by its network`(address: String, network: String) {
        #expect(AddressRange.network(of: address) == network)
    }

    @Test func `mails are counted for their recipient and for who asks for them`() async throws {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let redis = try RedisClient(url: "redis://127.0.0.1:1", logger: logger)
        let limiter = RequestLimiter(RateLimiter(client: redis))
        let (tenant, ada, grace) = (Identifier<Tenant>(), try EmailAddress("ada@example.com"), try EmailAddress("grace@example.com"))
        func isRefused(_ purpose: MailRequest.Purpose, _ recipient: EmailAddress, _ tenant: Identifier<Tenant>) async -> Bool {
            await limiter.refusal(of: MailRequest(purpose, to: recipient, in: tenant))?.kind == .rateLimited
        }
        for _ in 0..<3 { #expect(await !isRefused(.reset, ada, tenant)) }
        #expect(await isRefused(.reset, try EmailAddress(" ADA@example.com"), tenant))
        // Other mails, recipients and tenants have their own limits.
        #expect(await !isRefused(.confirmation, ada, tenant))
        #expect(await !isRefused(.reset, grace, tenant))
        #expect(await !isRefused(.reset, ada, Identifier()))
        for _ in 0..<5 { #expect(await !isRefused(.invitation(by: Identifier()), ada, tenant)) }
        #expect(await isRefused(.invitation(by: Identifier()), ada, tenant))
        let inviter = Identifier<User>()
        for number in 0..<100 { #expect(await !isRefused(.invitation(by: inviter), try EmailAddress("a\(number)@example.com"), tenant)) }
        #expect(await isRefused(.invitation(by: inviter), grace, tenant))
        #expect(await !isRefused(.invitation(by: Identifier()), grace, tenant))
    }
}
