import Dispatch
import Glibc
package import Kernel
import Synchronization

/// Resolves a host's name into its addresses, with the system's resolver, on threads of its own: `getaddrinfo` blocks, and a name server
/// that a stranger chose may take as long as it likes.
package struct Resolver: Sendable {
    package typealias Lookup = @Sendable (_ host: String) async throws(OutboundError) -> [IPAddress]

    private let threads = DispatchQueue(label: "outbound.resolver", attributes: .concurrent)
    private let underWay = Counter(limit: 32)

    package init() {}

    package func addresses(of host: String) async throws(OutboundError) -> [IPAddress] {
        if let address = IPAddress(host) { return [address] }
        guard underWay.enter() else { throw .busy(host: host) }
        let answer = Answer()
        threads.async { [underWay] in
            answer.give(Self.look(up: host))
            underWay.leave()
        }
        // The thread can't be stopped; a caller that gives up doesn't wait for it.
        let found = await withTaskCancellationHandler {
            await answer.taken()
        } onCancel: {
            answer.give(nil)
        }
        guard let found else { throw .timedOut(host: host) }
        guard !found.isEmpty else { throw .unresolved(host: host) }
        return found
    }

    private static func look(up host: String) -> [IPAddress] {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        // Sorted as in RFC 6724: addresses that this machine has no route to come last.
        guard getaddrinfo(host, nil, &hints, &list) == 0 else { return [] }
        defer { freeaddrinfo(list) }
        var found: [IPAddress] = []
        var entry = list
        while let here = entry {
            if let address = here.pointee.ai_addr.flatMap({ IPAddress($0) }), !found.contains(address) { found.append(address) }
            entry = here.pointee.ai_next
        }
        return found
    }

    private final class Counter: Sendable {
        private let count = Mutex(0)
        private let limit: Int

        init(limit: Int) { self.limit = limit }

        func enter() -> Bool {
            count.withLock { count in
                guard count < limit else { return false }
                count += 1
                return true
            }
        }

        func leave() { count.withLock { $0 -= 1 } }
    }

    /// Given once, either by the thread or by a caller that gives up.
    private final class Answer: Sendable {
        private enum State {
            case open
            case awaited(CheckedContinuation<[IPAddress]?, Never>)
            case given([IPAddress]?)
        }

        private let state = Mutex(State.open)

        func give(_ addresses: [IPAddress]?) {
            let waiting: CheckedContinuation<[IPAddress]?, Never>? = state.withLock { state in
                guard case .awaited(let waiting) = state else {
                    if case .open = state { state = .given(addresses) }
                    return nil
                }
                state = .given(addresses)
                return waiting
            }
            waiting?.resume(returning: addresses)
        }

        func taken() async -> [IPAddress]? {
            await withCheckedContinuation { continuation in
                let given: [IPAddress]?? = state.withLock { state in
                    if case .given(let addresses) = state { return .some(addresses) }
                    state = .awaited(continuation)
                    return .none
                }
                if let given { continuation.resume(returning: given) }
            }
        }
    }
}
