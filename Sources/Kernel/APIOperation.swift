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
        throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "a file is no JSON"))
    }

    package func encode(to encoder: any Encoder) throws {
        throw EncodingError.invalidValue(self, .init(codingPath: encoder.codingPath, debugDescription: "a file is no JSON"))
    }
}

/// A use case, declared once: from this value come the route, its documentation, the Lua function and the access checks.
/// `perform` is a method reference, from which input, principal and output are inferred.
package struct APIOperation: Sendable {
    /// What becomes of an `Idempotency-Key`.
    package enum Retry: Sendable {
        /// The answer is stored in the transaction of the effect, so there is one exactly if there is the other.
        case storedWithEffect
        /// For whatever waits for anybody but PostgreSQL and the rules, such as a child that parses, a provider, storage: the claim on the key
        /// commits first, the operation runs with no transaction open, and the answer is stored after it, or with its last write where that
        /// is made through `TenantTransaction.answering`. A second caller meanwhile is told to come back.
        case claimedFirst
        /// The operation is safe to repeat by its own means, or answers with secrets that must not be stored.
        case byItself
    }

    /// The operation's name in Lua and the order of its positional parameters, `application:move(status)`.
    package struct LuaName: Sendable {
        /// What calling it from a rule comes to, as a replay tells it.
        package enum Effect: Sendable {
            /// Takes its entity to the status that the first parameter names.
            case move
            case note, notify, other
        }

        /// Whose scripts know the name.
        package enum Audience: String, Codable, CaseIterable, Sendable {
            case everyone
            /// Scripts of a system admin's console, not tenants' rules.
            case console
        }

        package let entity: String?
        package let function: String
        package let parameters: [String]
        package let effect: Effect
        /// The entity that the answer, or each element of the list that it is, is to a script.
        package let answers: String?
        package private(set) var audience = Audience.everyone

        package var text: String { entity.map { "\($0):\(function)" } ?? function }

        package static func method(_ entity: String, _ function: String, _ parameters: String..., effect: Effect = .other) -> LuaName {
            LuaName(entity: entity, function: function, parameters: parameters, effect: effect, answers: nil)
        }

        package static func function(_ function: String, _ parameters: String..., effect: Effect = .other) -> LuaName {
            LuaName(entity: nil, function: function, parameters: parameters, effect: effect, answers: nil)
        }

        /// A read of many: in Lua a plain list, of entities where `entity` names one.
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
    /// The path under which the answer's `id` is shown, where the operation's own path does not say it.
    package let subject: String?
    package let lua: LuaName?
    package let input: any (Decodable & Sendable).Type
    package let output: any (Codable & Sendable).Type
    /// Nil for what is answered once.
    package let socket: SocketDeclaration?
    /// Whether a program may call it with a key, and with which scope.
    package private(set) var keys = KeyAccess.inPerson
    /// Where the API document has it.
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

    /// An operation with a stream in and a stream out, after the same admission as any other. It is open until `talk` returns.
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

    /// Whether the caller may call at all; asked before the input is read.
    package func admit(_ caller: Caller) throws(Failure) {
        guard admits(caller) else { throw caller.refusal }
        if let key = caller.key { try keys.admit(key) }
    }

    /// Opens to keys with a scope what is not done in person anyway.
    package func open(to scope: KeyScope) -> APIOperation {
        guard !isInPerson else { return self }
        var open = self
        open.keys = .scope(scope)
        return open
    }

    package func published(in part: APIPart) -> APIOperation {
        var published = self
        published.part = part
        return published
    }

    package func perform(_ source: InputSource, by caller: Caller) async throws(Failure) -> any Codable & Sendable {
        if let key = caller.key { try keys.admit(key) }
        return try await run(source, caller)
    }

    /// What a socket comes to for this caller and input.
    package func open(_ source: InputSource, by caller: Caller) throws(Failure) -> Talk {
        if let key = caller.key { try keys.admit(key) }
        guard let socket else { throw .socketExpected }
        return try socket.open(source, caller)
    }

    package var takesFile: Bool { SchemaRecorder.schema(of: input).properties.contains { $0.schema.format == "binary" } }
}
