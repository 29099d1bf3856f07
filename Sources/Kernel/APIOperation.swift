/// An HTTP method an operation may answer.
package enum Method: String, Sendable {
    case get = "GET"
    case post = "POST"
    case put = "PUT"
    case patch = "PATCH"
    case delete = "DELETE"
}

/// Answers 204 with no body.
package struct NoContent: Codable, Sendable {
    package init() {}
}

/// An output that carries the version people edit against: it becomes the `ETag`.
package protocol Versioned {
    var version: Int { get }
}

/// An input of no fields.
package struct NoInput: Codable, Sendable {
    package init() {}
}

/// A file to send as it is.
package struct FileDownload: Codable, Sendable {
    package typealias Bytes = any AsyncSequence<[UInt8], any Error> & Sendable

    package enum Content: Sendable {
        case file(path: String)
        /// Read while it is sent.
        case stream(Bytes, size: Int)
    }

    package let content: Content
    package let name: String
    package let mediaType: String

    package init(path: String, name: String, mediaType: String) {
        content = .file(path: path)
        self.name = name
        self.mediaType = mediaType
    }

    package init(_ bytes: Bytes, size: Int, name: String, mediaType: String) {
        content = .stream(bytes, size: size)
        self.name = name
        self.mediaType = mediaType
    }

    /// It is sent as it is, never as JSON.
    package init(from decoder: any Decoder) throws {
        throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "a file is not JSON"))
    }

    package func encode(to encoder: any Encoder) throws {
        throw EncodingError.invalidValue(self, .init(codingPath: encoder.codingPath, debugDescription: "a file is not JSON"))
    }
}

/// A use case, declared once: from this value come the route, its documentation, the Lua function and the access checks.
/// `perform` is a method reference, from which input, principal and output are inferred.
package struct APIOperation: Sendable {
    /// How an operation handles an `Idempotency-Key`.
    package enum Retry: Sendable {
        /// The answer is stored in the same transaction as the effect, so either both exist or neither does.
        case storedWithEffect
        /// For operations that wait for something other than PostgreSQL and the rules, such as a parser process, a provider or storage: the
        /// claim on the key commits first, the operation runs with no transaction open, and the answer is stored afterwards, or with the
        /// last write if that goes through `TenantTransaction.answering`. A second caller meanwhile is told to retry later.
        case claimedFirst
        /// The operation is safe to repeat as it is, or its answer contains secrets that must not be stored.
        case byItself
    }

    /// The operation's name in Lua and the order of its positional parameters, `application:move(status)`.
    package struct LuaName: Sendable {
        /// How a replay describes a call from a rule.
        package enum Effect: Sendable {
            /// Moves its entity to the status named by the first parameter.
            case move
            case note, notify, other
        }

        /// Which scripts can call it.
        package enum Audience: String, Codable, CaseIterable, Sendable {
            case everyone
            /// Scripts in the system admin's console, not tenants' rules.
            case console
        }

        package let entity: String?
        package let function: String
        package let parameters: [String]
        package let effect: Effect
        /// The entity type that a script sees in the answer, or in each element if the answer is a list.
        package let answers: String?
        package private(set) var audience = Audience.everyone

        package var text: String { entity.map { "\($0):\(function)" } ?? function }

        package static func method(_ entity: String, _ function: String, _ parameters: String..., effect: Effect = .other) -> LuaName {
            LuaName(entity: entity, function: function, parameters: parameters, effect: effect, answers: nil)
        }

        package static func function(_ function: String, _ parameters: String..., effect: Effect = .other) -> LuaName {
            LuaName(entity: nil, function: function, parameters: parameters, effect: effect, answers: nil)
        }

        /// A read that returns a list: in Lua a plain list, of entities if `entity` names one.
        package static func list(_ function: String, of entity: String? = nil, _ parameters: String...) -> LuaName {
            LuaName(entity: nil, function: function, parameters: parameters, effect: .other, answers: entity)
        }

        package var inConsole: LuaName {
            var name = self
            name.audience = .console
            return name
        }
    }

    package let method: Method
    package let path: String
    package let summary: String
    package let access: AccessLevel
    package let permission: Permission?
    package let failures: [Failure]
    package let status: Int
    package let limit: LimitClass
    package let retry: Retry
    package let budget: TimeBudget
    /// The path where the answer's `id` can be fetched, if the operation's own path doesn't tell.
    package let subject: String?
    package let lua: LuaName?
    package let input: any (Decodable & Sendable).Type
    package let output: any (Codable & Sendable).Type
    /// Nil unless the operation is a WebSocket.
    package let socket: SocketDeclaration?
    /// Whether a program may call it with an API key, and with which scope.
    package private(set) var keys = KeyAccess.inPerson
    /// Its body in the API document; nil for one made from the schema.
    package private(set) var example: JSON?
    /// The part of the API document that lists it.
    package private(set) var part = APIPart.core
    private let isInPerson: Bool
    let run: @Sendable (InputSource, Caller) async throws(Failure) -> any Codable & Sendable
    let admits: @Sendable (Caller) -> Bool

    package init<Input: Decodable & Sendable, P: Principal, Output: Codable & Sendable>(
        _ method: Method,
        _ path: String,
        _ summary: String,
        access: Access<P>,
        failures: [Failure] = [],
        status: Int? = nil,
        limit: LimitClass = .general,
        retry: Retry = .storedWithEffect,
        budget: TimeBudget? = nil,
        subject: String? = nil,
        lua: LuaName? = nil,
        perform: @escaping @Sendable (Input, P) async throws(Failure) -> Output
    ) {
        self.method = method
        self.path = path
        self.summary = summary
        self.access = access.level
        self.permission = access.permission
        self.failures = failures
        self.status = status ?? (Output.self == NoContent.self ? 204 : 200)
        self.limit = limit
        self.retry = retry
        self.budget = budget ?? (method == .get ? .read : .change)
        self.subject = subject
        self.lua = lua
        isInPerson = access.isInPerson
        input = Input.self
        output = Output.self
        socket = nil
        admits = { access.admit($0) != nil }
        run = { source, caller throws(Failure) in
            let principal = try access.principal(caller)
            return try await perform(source.decode(Input.self), principal)
        }
    }

    /// An operation with a stream in and a stream out, after the same checks as any other. It stays open until `talk` returns.
    package init<Input: Decodable & Sendable, P: Principal, Incoming: Decodable & Sendable, Outgoing: Codable & Sendable>(
        socket path: String,
        _ summary: String,
        access: Access<P>,
        failures: [Failure] = [],
        limit: LimitClass = .general,
        talk: @escaping @Sendable (Input, P, Conversation<Incoming, Outgoing>) async throws(Failure) -> Void
    ) {
        method = .get
        self.path = path
        self.summary = summary
        self.access = access.level
        permission = access.permission
        self.failures = failures
        status = 101
        self.limit = limit
        retry = .byItself
        budget = .change
        subject = nil
        lua = nil
        isInPerson = access.isInPerson
        input = Input.self
        output = NoContent.self
        socket = SocketDeclaration(incoming: Incoming.self, outgoing: Outgoing.self) { source, caller throws(Failure) in
            let principal = try access.principal(caller)
            let input = try source.decode(Input.self)
            return { wire throws(Failure) in try await talk(input, principal, Conversation(over: wire)) }
        }
        admits = { access.admit($0) != nil }
        run = { _, _ throws(Failure) in throw .socketExpected }
    }

    /// Checks whether the caller may call at all, before the input is read.
    package func admit(_ caller: Caller) throws(Failure) {
        guard admits(caller) else { throw caller.refusal }
        if let key = caller.key { try keys.admit(key) }
    }

    /// Lets API keys with this scope call it, unless it must be done in person.
    package func open(to scope: KeyScope) -> APIOperation {
        guard !isInPerson else { return self }
        var open = self
        open.keys = .scope(scope)
        return open
    }

    /// An input that it accepts as it stands, where one made from the schema alone would be refused: fields that exclude each other, names that
    /// must be known.
    package func example(_ input: JSON) -> APIOperation {
        var shown = self
        shown.example = input
        return shown
    }

    package func published(in part: APIPart) -> APIOperation {
        var published = self
        published.part = part
        return published
    }

    package func perform(_ source: InputSource, by caller: Caller) async throws(Failure) -> any Codable & Sendable {
        if let key = caller.key { try keys.admit(key) }
        return try await run(source, limiting(caller))
    }

    /// The caller within the operation's time budget, for a transaction that the operation is to join.
    package func limiting(_ caller: Caller) -> Caller {
        caller.within(budget)
    }

    /// The conversation of a socket, for this caller and input.
    package func open(_ source: InputSource, by caller: Caller) throws(Failure) -> Talk {
        if let key = caller.key { try keys.admit(key) }
        guard let socket else { throw .socketExpected }
        return try socket.open(source, limiting(caller))
    }

    package var takesFile: Bool { SchemaRecorder.schema(of: input).properties.contains { $0.schema.format == "binary" } }
}
