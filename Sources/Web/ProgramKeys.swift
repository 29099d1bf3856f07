import Kernel
import Redis

/// Calls with an API key. A wrong one costs a database lookup, so an address has as many tries as it has for sign-ins.
extension APIResponder {
    func program(with key: String, _ call: Call, _ trace: inout RequestTrace) async throws(Failure) -> Caller {
        if let decision = await limiter.exhausted(keysFrom: call.info.address) { throw .tooMany(decision) }
        do throws(Failure) {
            return try await authenticator.authenticate(bearer: key, tenantCode: nil, host: call.host, origin: call.info.origin)
        } catch {
            if error.kind == .unauthorized { try trace.note(await limiter.take(wrongKeyFrom: call.info.address)) }
            throw error
        }
    }
}

extension RequestLimiter {
    /// The refusal for an address that has used up its tries; nil while it may try another key.
    fileprivate func exhausted(keysFrom address: String) async -> RateLimitDecision? {
        guard let standing = await take(wrongKeyFrom: address, cost: 0), standing.remaining == 0 else { return nil }
        let decision = await take(wrongKeyFrom: address)
        return decision?.allowed == false ? decision : nil
    }
}
