import AsyncHTTPClient
import Foundation
import Kernel
import NIOCore
import NIOHTTP1

/// Everything that leaves this server over HTTP goes through here, with limits on time, size and requests per host. If somebody else gave
/// the address, each host is resolved here, every one of its addresses is checked, and one of those is connected to: a name that resolves
/// differently a moment later changes nothing.
package final class Outbound: Sendable {
    private let policy: AddressPolicy
    private let lookup: Resolver.Lookup
    private let clients: ClientCache
    private let strangers = HostGate(width: 8, waiting: 64)
    private let installation = HostGate(width: 32, waiting: 1024)

    /// - Parameter authorities: a file of certificates to trust in addition to the system's.
    package init(_ policy: AddressPolicy = AddressPolicy(), authorities: String? = nil, lookup: Resolver.Lookup? = nil) {
        self.policy = policy
        self.lookup = lookup ?? Resolver().addresses(of:)
        clients = ClientCache(authorities: authorities)
    }

    /// Ends all connections. Nothing can be sent from now on.
    package func close() async {
        await clients.close()
    }

    /// Sends a request and reads the whole answer, whatever its status is.
    package func send(
        _ request: OutboundRequest,
        to trust: OutboundTrust,
        for purpose: OutboundPurpose,
        _ limits: OutboundLimits = OutboundLimits()
    ) async throws(OutboundError) -> OutboundAnswer {
        let start = ContinuousClock.now
        do {
            let answer = try await timed(limits.time, request.url) { try await self.follow(request, trust, limits) }
            OutboundMeters.record(purpose, outcome: "\(answer.status / 100)xx", elapsed: .now - start)
            return answer
        } catch {
            OutboundMeters.record(purpose, outcome: error.outcome, elapsed: .now - start)
            throw error
        }
    }

    /// The client's own time-outs end at the answer's head; this one covers all of it.
    private func timed(
        _ limit: Duration,
        _ url: String,
        _ body: @escaping @Sendable () async throws -> OutboundAnswer
    ) async throws(OutboundError) -> OutboundAnswer {
        let host = (try? Destination(url))?.host.text ?? url
        do {
            return try await withThrowingTaskGroup(of: OutboundAnswer.self) { group in
                group.addTask { try await body() }
                group.addTask {
                    try await Task.sleep(for: limit)
                    throw OutboundError.timedOut(host: host)
                }
                defer { group.cancelAll() }
                guard let answer = try await group.next() else { throw OutboundError.timedOut(host: host) }
                return answer
            }
        } catch {
            throw OutboundError(error, host: host)
        }
    }

    private func follow(_ request: OutboundRequest, _ trust: OutboundTrust, _ limits: OutboundLimits) async throws -> OutboundAnswer {
        var request = request
        var redirects = limits.redirects
        while true {
            let destination = try Destination(request.url)
            let answer = try await exchange(request, destination, trust, limits)
            guard redirects > 0, let next = try request.redirected(by: answer, from: destination) else { return answer }
            redirects -= 1
            request = next
        }
    }

    private func exchange(
        _ request: OutboundRequest,
        _ destination: Destination,
        _ trust: OutboundTrust,
        _ limits: OutboundLimits
    ) async throws -> OutboundAnswer {
        let gate = trust == .stranger ? strangers : installation
        return try await gate.pass(destination.host) {
            let label = trust == .stranger ? try await checkedAddress(of: destination.host) : nil
            return try await clients.withClient(label) { client in
                let response = try await client.execute(request.prepared(for: destination), deadline: .now() + .seconds(3600))
                return OutboundAnswer(
                    status: Int(response.status.code),
                    headers: response.headers,
                    body: try await collect(response.body, limit: limits.answer)
                )
            }
        }
    }

    /// One private address among public ones is reason enough to refuse the name: no legitimate name has that.
    private func checkedAddress(of host: HostName) async throws(OutboundError) -> ClientCache.Label {
        let addresses = try await lookup(host.text)
        guard let first = addresses.first else { throw .unresolved(host: host.text) }
        guard addresses.allSatisfy({ policy.allows($0, of: host) }) else { throw .forbiddenAddress(host: host.text) }
        return ClientCache.Label(host: host.text.contains(":") ? "[\(host.text)]" : host.text, address: first.description)
    }

    private func collect(_ body: HTTPClientResponse.Body, limit: Int) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await part in body {
            guard part.readableBytes <= limit - bytes.count else { throw OutboundError.answerTooLarge(limit: limit) }
            bytes.append(contentsOf: part.readableBytesView)
        }
        return bytes
    }
}

extension OutboundRequest {
    fileprivate func prepared(for destination: Destination) -> HTTPClientRequest {
        var prepared = HTTPClientRequest(url: destination.url)
        prepared.method = HTTPMethod(rawValue: method)
        prepared.headers = HTTPHeaders(headers.map { ($0.name, $0.value) })
        if let body { prepared.body = .bytes(ByteBuffer(bytes: body)) }
        return prepared
    }

    /// The request that follows an answer's redirect; nil if it has none. Secrets stay with the origin that they were meant for.
    fileprivate func redirected(by answer: OutboundAnswer, from origin: Destination) throws(OutboundError) -> OutboundRequest? {
        guard [301, 302, 303, 307, 308].contains(answer.status), let location = answer.header("Location") else { return nil }
        guard let url = URL(string: location, relativeTo: URL(string: origin.url))?.absoluteString else {
            throw .badRedirect("It redirects to something that is not a web address.")
        }
        let target = try Destination(url)
        guard origin.scheme == "http" || target.scheme == "https" else { throw .badRedirect("It redirects from https to http.") }
        var next = self
        next.url = url
        // RFC 9110, 15.4: only 307 and 308 are certain to keep method and body.
        if answer.status == 303 || [301, 302].contains(answer.status) && method == "POST" {
            next.method = method == "HEAD" ? "HEAD" : "GET"
            next.body = nil
            next.headers.removeAll { ["content-type", "content-length", "content-encoding"].contains($0.name.lowercased()) }
        }
        if !target.hasSameOrigin(as: origin) { next.headers.removeAll { !Self.harmless.contains($0.name.lowercased()) } }
        return next
    }

    /// Headers that may be sent to a host other than the one they were meant for.
    private static let harmless: Set<String> = ["accept", "accept-language", "content-type", "user-agent"]
}

extension OutboundError {
    fileprivate init(_ error: any Error, host: String) {
        switch error {
        case let error as OutboundError: self = error
        case let error as HTTPClientError where [.connectTimeout, .readTimeout, .deadlineExceeded, .cancelled].contains(error):
            self = .timedOut(host: host)
        case is CancellationError: self = .timedOut(host: host)
        default: self = .unreachable(host: host, reason: "\(error)")
        }
    }
}
