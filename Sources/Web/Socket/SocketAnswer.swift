import Foundation
import HTTPTypes
import Hummingbird
import Kernel
import NIOWebSocket
import ServiceLifecycle

/// The answer after which the connection continues as a socket.
struct SocketAnswer: Sendable {
    let accept: String
    /// As they signed in, before they entered another tenant.
    let caller: Caller
    /// Where the talk takes place.
    let tenant: Identifier<Tenant>
    let talk: Talk
}

extension APIResponder {
    /// 101, with the whole conversation as its body: it runs in the request's task and ends with it.
    func response(to call: Call, _ answer: SocketAnswer) -> Response {
        let fields: HTTPFields = [.upgrade: "websocket", .connection: "Upgrade", .secWebSocketAccept: answer.accept]
        let body = ResponseBody { _ in
            let connection = try await SocketUpgrade.connection(on: call.context.channel)
            let ending = await cancelWhenGracefulShutdown { await conversation(over: connection, call, answer) }
            await connection.close(ending.code, ending.reason)
            // Nothing more is sent on this connection.
            throw SocketEnded()
        }
        return Response(status: .switchingProtocols, headers: fields, body: body)
    }

    /// Runs until the conversation is over, the other side leaves, the caller's standing changes, or the server shuts down.
    private func conversation(over connection: SocketConnection, _ call: Call, _ answer: SocketAnswer) async -> SocketEnding {
        await withTaskGroup(of: SocketEnding.self) { group in
            group.addTask { await talk(over: connection, answer) }
            group.addTask { await changeOfStanding(answer, call) }
            let first = await group.next() ?? .goingAway
            group.cancelAll()
            return Task.isCancelled ? .goingAway : first
        }
    }

    private func talk(over connection: SocketConnection, _ answer: SocketAnswer) async -> SocketEnding {
        let wire = SocketWire(receive: { await connection.messages.next() }, send: { try await connection.send($0) })
        do throws(Failure) {
            try await answer.talk(wire)
            return .normal
        } catch {
            // A client that has left can't be told of the failure.
            try? await wire.refuse(error)
            return error.kind == .internal ? .failed : .normal
        }
    }

    /// Returns when the caller may no longer do what was admitted.
    private func changeOfStanding(_ answer: SocketAnswer, _ call: Call) async -> SocketEnding {
        let caller = answer.caller
        let own = Set([caller.session?.uuid, caller.user?.uuid, caller.key?.id, caller.tenant.uuid, answer.tenant.uuid].compactMap(\.self))
        for await id in authenticator.standingChanges() where id.map(own.contains) ?? true {
            // A visiting system admin has to enter again when something changed in that tenant.
            if id == answer.tenant.uuid, answer.tenant != caller.tenant { return .standingChanged }
            if caller.actor == .anonymous { continue }
            do throws(Failure) {
                let now = try await authenticator.refresh(caller, bearer: call.bearer)
                guard now.standing == caller.standing else { return .standingChanged }
            } catch {
                // While PostgreSQL is away nobody's standing is known; when it is back, everybody's is checked again.
                if error.kind != .unavailable { return .standingChanged }
            }
        }
        // Never reached while the server runs; a canceled task ends the stream.
        return .goingAway
    }
}

/// How a socket ends, as the other side is told (RFC 6455 section 7.4.1).
struct SocketEnding: Sendable {
    let code: WebSocketErrorCode
    let reason: String

    static let normal = SocketEnding(code: .normalClosure, reason: "")
    static let goingAway = SocketEnding(code: .goingAway, reason: "The server shuts down.")
    static let failed = SocketEnding(code: .unexpectedServerError, reason: "Something went wrong on our side.")
    static let standingChanged = SocketEnding(code: .policyViolation, reason: "Sign in again.")
}

private struct SocketEnded: Error {}
