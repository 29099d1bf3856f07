import AsyncHTTPClient
import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// Keeps HTTP clients with their open connections for a while: one per host, which connects only to the address that was checked, though it
/// still requests the host by name and expects a certificate for that name.
final class ClientCache: Sendable {
    struct Label: Hashable {
        let host: String
        let address: String
    }

    private struct Entry {
        let client: HTTPClient
        var users = 0
        var usedAt = ContinuousClock.now
    }

    private static let rest: Duration = .seconds(30)
    private static let size = 64

    private let authorities: String?
    private let entries = Mutex<[Label: Entry]>([:])

    init(authorities: String?) {
        self.authorities = authorities
    }

    /// - Parameter label: nil for a client that resolves names itself.
    func withClient<Output>(_ label: Label?, _ body: (HTTPClient) async throws -> Output) async throws -> Output {
        let label = label ?? Label(host: "", address: "")
        let client = entries.withLock { entries in
            var entry = entries[label] ?? Entry(client: make(label))
            entry.users += 1
            entries[label] = entry
            return entry.client
        }
        do {
            let output = try await body(client)
            await giveBack(label)
            return output
        } catch {
            await giveBack(label)
            throw error
        }
    }

    func close() async {
        let clients = entries.withLock { entries in
            defer { entries = [:] }
            return entries.values.map(\.client)
        }
        for client in clients { try? await client.shutdown() }
    }

    private func giveBack(_ label: Label) async {
        let retired = entries.withLock { entries in
            entries[label]?.users -= 1
            entries[label]?.usedAt = .now
            return retire(&entries)
        }
        for client in retired { try? await client.shutdown() }
    }

    /// Removes those unused for a while, and the longest unused if there are too many.
    private func retire(_ entries: inout [Label: Entry]) -> [HTTPClient] {
        let now = ContinuousClock.now
        let idle = entries.filter { $0.value.users == 0 }.sorted { $0.value.usedAt < $1.value.usedAt }
        var retired: [HTTPClient] = []
        for (label, entry) in idle where now - entry.usedAt > Self.rest || entries.count > Self.size {
            entries[label] = nil
            retired.append(entry.client)
        }
        return retired
    }

    private func make(_ label: Label) -> HTTPClient {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow, decompression: .disabled)
        configuration.httpVersion = .http1Only
        configuration.timeout = .init(connect: .seconds(10), read: .seconds(60))
        configuration.connectionPool.idleTimeout = .seconds(30)
        // Only the caller knows whether a failed request may be sent again.
        configuration.connectionPool.retryConnectionEstablishment = false
        if !label.host.isEmpty { configuration.dnsOverride = [label.host: label.address] }
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.minimumTLSVersion = .tlsv12
        if let authorities { tls.additionalTrustRoots = [.file(authorities)] }
        configuration.tlsConfiguration = tls
        return HTTPClient(eventLoopGroupProvider: .shared(MultiThreadedEventLoopGroup.singleton), configuration: configuration)
    }
}
