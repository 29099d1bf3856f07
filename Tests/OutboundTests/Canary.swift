import NIOCore
import NIOPosix
import Synchronization

/// Listens and counts connections: there must be none.
final class Canary: Sendable {
    private let channels: [any Channel]
    private let count: Counter
    let port: Int

    private final class Counter: Sendable {
        let value = Mutex(0)
    }

    var callers: Int { count.value.withLock(\.self) }

    /// At each address, all on one port.
    init(at addresses: [String] = ["0.0.0.0", "::"], port: Int = 0) async throws {
        let count = Counter()
        var channels: [any Channel] = []
        var port = port
        for address in addresses {
            var bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            // Otherwise the IPv6 socket would also take IPv4's port.
            if address.contains(":") {
                bootstrap = bootstrap.serverChannelOption(.socket(.init(IPPROTO_IPV6), .init(IPV6_V6ONLY)), value: 1)
            }
            let channel =
                try await bootstrap
                .childChannelInitializer { child in
                    count.value.withLock { $0 += 1 }
                    return child.close()
                }
                .bind(host: address, port: port).get()
            port = channel.localAddress?.port ?? 0
            channels.append(channel)
        }
        self.channels = channels
        self.count = count
        self.port = port
    }

    func close() async throws {
        for channel in channels { try await channel.close() }
    }
}
